"""What pytest is made of, as it was before anything of the project was loaded, and what of it is
not so any more.

A part of the witness (repairlsp_witness.py), executed as that is, and under the same rules.

Python 3.9 or later, nothing but the standard library.
"""

# The namespace is this module's own, for one run:
# ruff: noqa: PLW0603

from __future__ import annotations

import types
from hashlib import blake2b
from typing import Any

_PACKAGES = ("_pytest", "pluggy", "pytest", "unittest", "builtins")
_RUNNER = ("_pytest.", "pluggy.", "repairlsp_")
"""Looked at right after the function of a test to be repaired, while replacements still stand."""
_NEAR = (
    *("_pytest.nodes", "_pytest.python.", "_pytest.reports", "_pytest.runner", "repairlsp_"),
    *("pluggy._callers", "pluggy._hooks", "pluggy._manager"),
)
"""What decides on the outcome of a test, looked at after each: it could be put back by the end."""
_IMPLEMENTATION = ("function", "argnames", "kwargnames", "hookwrapper", "wrapper", "plugin")
_DESCRIPTORS = (property, types.GetSetDescriptorType, types.MemberDescriptorType)
_MISSING = object()

_code_of_function = types.FunctionType.__dict__["__code__"].__get__
_qualified_name = type.__dict__["__qualname__"].__get__

_tell: Any = None
_root = ""
_originals: list[tuple[Any, str, Any, Any, str]] = []
_runner: list[tuple[Any, str, Any, Any, str]] = []
_near: list[tuple[Any, str, Any, Any, str]] = []
_manager: Any = None
_of_manager: dict[str, Any] = {}
_known: dict[str, tuple[Any, Any, list[tuple[Any, ...]]]] = {}
_relay: Any = None
_caller_kinds: set[Any] = set()


def take_note(root: str, manager: Any, modules: Any, tell: Any) -> None:
    """Of everything in pytest's `modules` and its plugin `manager`. `tell` is called with the name
    of what a comparison finds replaced; `root` is the project's folder, with a slash."""
    global _tell, _root, _manager, _of_manager, _relay
    _tell, _root = tell, root
    for name, module in [*modules.items()]:
        if type(module) is types.ModuleType and (
            name.partition(".")[0] in _PACKAGES or name.startswith("repairlsp_")
        ):
            _originals.extend(_of_module(name, module))
    _runner.extend(each for each in _originals if each[4].startswith(_RUNNER))
    _near.extend(each for each in _originals if each[4].startswith(_NEAR))
    _manager, _of_manager = manager, {**vars(manager)}
    for name, caller in vars(manager.hook).items():
        if hasattr(caller, "get_hookimpls"):
            implementations = [_implementation(each) for each in caller.get_hookimpls()]
            _known[name] = caller, _executor(caller), implementations
            _caller_kinds.add(type(caller))
    _relay = getattr(modules["_pytest.main"], "FSHookProxy", None)
    _caller_kinds.add(getattr(modules.get("pluggy._hooks"), "_SubsetHookCaller", None))


def _of_module(name: str, module: Any) -> list[tuple[Any, str, Any, Any, str]]:
    found = []
    for key, value in [*vars(module).items()]:
        if isinstance(value, type) and value.__module__ == name:
            for inner, member in [*vars(value).items()]:
                if callable(_function(member)) or isinstance(member, _DESCRIPTORS):
                    found.append(_original(vars(value), inner, member, f"{name}.{key}.{inner}"))
        if callable(value) or (isinstance(value, types.ModuleType) and name.startswith("_pytest")):
            found.append(_original(vars(module), key, value, f"{name}.{key}"))
    return found


def _original(view: Any, name: str, value: Any, shown: str) -> tuple[Any, str, Any, Any, str]:
    function = _function(value)
    code = _code_of_function(function) if type(function) is types.FunctionType else None
    return view, name, value, code, shown


def _function(value: Any) -> Any:
    return value.__func__ if type(value) in (staticmethod, classmethod) else value


def _implementation(one: Any) -> tuple[Any, ...]:
    return (one, *(getattr(one, name, None) for name in _IMPLEMENTATION))


def _executor(caller: Any) -> Any:
    return getattr(caller, "_hookexec", None)


# -------------------------------------------------------------------------------------- comparing


def compare_after(item: Any, *, closely: bool) -> None:
    """With what decides on the outcome of a test that is to be repaired; with all of pytest,
    `closely`."""
    _compare(_runner if closely else _near)
    _compare_hooks()
    _compare_item(item)


def compare_quickly() -> None:
    """With what decides on the outcome of a test, by identity alone."""
    for view, name, value, _, shown in _near:
        if view.get(name, _MISSING) is not value:
            _tell(shown)


def compare_all() -> None:
    """At the end of the session."""
    _compare(_originals)
    _compare_hooks()


def _compare(originals: list[tuple[Any, str, Any, Any, str]]) -> None:
    for view, name, value, code, shown in originals:
        if view.get(name, _MISSING) is not value or (
            code is not None and _code_of_function(_function(value)) is not code
        ):
            _tell(shown)


def _compare_hooks() -> None:
    """The machinery that calls hooks is data, not functions."""
    for name in {*_of_manager, *vars(_manager)}:
        was, now = (of.get(name) for of in (_of_manager, vars(_manager)))
        if was is not now and (callable(was) or callable(now) or name == "hook"):
            _tell(f"{name} of the plugin manager")
    relay = vars(_of_manager["hook"])
    for name, (caller, executor, implementations) in _known.items():
        if relay.get(name) is not caller or _executor(caller) is not executor:
            _tell(f"the hook {name}")
            continue
        present = caller.get_hookimpls()
        known = {id(each[0]) for each in implementations}
        for each in implementations:
            if all(one is not each[0] for one in present):
                _tell(f"an implementation of {name} that is gone")
            elif any(a is not b for a, b in zip(each, _implementation(each[0]))):  # noqa: B905
                _tell(f"an implementation of {name}")
        for one in present:
            if id(one) not in known:
                _tell(f"{name_of(getattr(one, 'plugin', None))} for {name}")
                implementations.append(_implementation(one))


def name_of(plugin: Any) -> str:
    """The same in each run, whatever folder it is in."""
    if type(plugin) is types.ModuleType:
        file = vars(plugin).get("__file__")
        if type(file) is str and file.startswith(_root):
            return f"plugin {file[len(_root) :]}"
        return str(vars(plugin).get("__name__"))
    return f"{vars(type(plugin)).get('__module__')}.{_qualified_name(type(plugin))}"


def _compare_item(item: Any) -> None:
    """What an object has under the name of a method of its class is called in its place."""
    kind = type(item)
    for name in vars(item):
        if any(callable(_function(vars(each).get(name))) for each in kind.__mro__):
            _tell(f"{kind.__name__}.{name} of one test")
    relay = item.ihook
    if relay is not _of_manager["hook"] and (
        type(relay) is not _relay
        or not all(
            type(each) in _caller_kinds
            for name, each in vars(relay).items()
            if name not in ("pm", "remove_mods")
        )
    ):
        _tell("the hooks of one test")


# ---------------------------------------------------------------------- what a test is made of


def code_of(item: Any) -> str:
    """A digest of the test's function; empty where it is not a plain one of its own file."""
    function = item.obj
    function = function.__func__ if type(function) is types.MethodType else function
    if type(function) is not types.FunctionType:
        return ""
    code = _code_of_function(function)
    if code.co_filename != str(item.path):
        return ""
    return blake2b(_described(code).encode("utf-8", "replace"), digest_size=8).hexdigest()


def _described(code: Any) -> str:
    constants = [_constant(each) for each in code.co_consts]
    return f"{code.co_code!r}{code.co_names!r}{code.co_freevars!r}{constants!r}"


def _constant(value: Any) -> str:
    if type(value) is types.CodeType:
        return _described(value)
    if type(value) is frozenset:
        return str(sorted(map(_constant, value)))
    if type(value) is tuple:
        return str([_constant(each) for each in value])
    return f"{type(value).__name__} {value!r}"
