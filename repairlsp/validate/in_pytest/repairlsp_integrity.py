"""pytest plugin: tells when the code under test replaces parts of the test runner, or looks for it.

*Replaced*: the functions and classes of pytest, pluggy, unittest, the built-ins and our own plugins
are noted before anything of the project is loaded, and compared after each test and at the end.
*Looked for*: Python's audit hooks cannot be taken away again, and see a call whatever name it is
called by. Both are facts for repairlsp, which knows what the project did without any patch.

Loaded in processes that prove a candidate, not in the fork server: it costs about 10 ms a session.
Python 3.9 or later, pytest 7 or later, nothing but the standard library.
"""

from __future__ import annotations

import os
import sys
import threading
import types
from collections.abc import Generator, Iterator
from typing import Any

import pytest
from repairlsp_report import SPEC, write  # type: ignore[import-not-found]

_PACKAGES = ("_pytest", "pluggy", "pytest", "unittest", "builtins")
_NEAR = ("_pytest.runner", "_pytest.reports", "_pytest.python", "pluggy._callers", "repairlsp_")
"""What decides on the outcome of a test, looked at after each: it could be put back by the end."""
_EVENTS = frozenset(
    {
        "ctypes.dlopen",
        "gc.get_objects",
        "gc.get_referents",
        "gc.get_referrers",
        "object.__getattr__",
        "object.__setattr__",
        "os.exec",
        "os.kill",
        "os.killpg",
        "signal.pthread_kill",
        "sys._current_frames",
        "sys._getframe",
        "sys.addaudithook",
        "sys.setprofile",
        "sys.settrace",
    }
)
_HIDDEN = ("/proc/", "/dev/fd/")
_OPENERS = ("codecs", "fileinput", "pathlib", "pathlib._abc", "pathlib._local", "tokenize")
_watching = threading.local()
_seen: set[tuple[str, str, int]] = set()
_told: set[str] = set()
_tests: set[str] = set()


class _Original:
    """One attribute as it was, with the code of a function."""

    def __init__(self, holder: Any, name: str, shown: str) -> None:
        self.holder, self.name, self.shown = holder, name, shown
        self.value = vars(holder).get(name)
        self.code = getattr(_function(self.value), "__code__", None)

    def is_replaced(self) -> bool:
        now = vars(self.holder).get(self.name)
        return now is not self.value or getattr(_function(now), "__code__", None) is not self.code


def _function(value: Any) -> Any:
    return value.__func__ if isinstance(value, (staticmethod, classmethod)) else value


def _originals(modules: dict[str, Any]) -> Iterator[_Original]:
    for name, module in modules.items():
        if not isinstance(module, types.ModuleType):
            continue
        if name.partition(".")[0] in _PACKAGES or name.startswith("repairlsp_"):
            for key, value in [*vars(module).items()]:
                if isinstance(value, type) and value.__module__ == name:
                    for inner, member in [*vars(value).items()]:
                        if callable(_function(member)):
                            yield _Original(value, inner, f"{name}.{key}.{inner}")
                if callable(value):
                    yield _Original(module, key, f"{name}.{key}")


_ours = {name: module for name, module in sys.modules.items() if name.startswith("repairlsp_")}
_all: list[_Original] = []
_near: list[_Original] = []


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_load_initial_conftests() -> Generator[None, Any, None]:
    if SPEC is not None:
        _all.extend(_originals({**_ours, **sys.modules}))
        _near.extend(each for each in _all if each.shown.startswith(_NEAR))
        sys.addaudithook(_audit)
    yield


def _compare(originals: list[_Original]) -> None:
    replaced = {each.shown for each in originals if each.is_replaced()} - _told
    if replaced:
        _told.update(replaced)
        write(tampered=sorted(replaced))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_logreport() -> None:
    _compare(_near)


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_sessionfinish(session: Any) -> Generator[None, Any, None]:
    if SPEC is not None:
        _compare(_all)
        plugins = session.config.pluginmanager.get_plugins()
        names = {f"{_name(plugin)}" for plugin in plugins}
        write(tampered=sorted(names))
    yield


def _name(plugin: Any) -> str:
    if isinstance(plugin, types.ModuleType):
        return plugin.__name__
    return f"{type(plugin).__module__}.{type(plugin).__qualname__}"


# --------------------------------------------------------------------------------- audit events


def pytest_collection_finish(session: Any) -> None:
    if SPEC is not None:
        _tests.update(item.location[0] for item in session.items)


def _is_private(path: str) -> bool:
    """Whether no program has to open it: a test, what the system tells of processes, ours."""
    place = os.path.abspath(path)  # noqa: PTH100
    inside = place[len(_root) :] if place.startswith(_root) else None
    return inside in _tests or place.startswith((*_HIDDEN, _reports))


def _audit(event: str, arguments: Any) -> None:
    if event not in _EVENTS and event != "open":
        return
    if event == "open" and not _is_private(str(arguments[0])):
        return
    if getattr(_watching, "on", False):
        return
    _watching.on = True
    try:
        _look(event, sys._getframe(1))
    finally:
        _watching.on = False


def _look(event: str, frame: Any) -> None:
    """Note the line of the project that did it. Code made at run time has no file: then it is the
    line that called it."""
    while frame is not None and (
        frame.f_code.co_filename in ("<string>", "<stdin>", "")
        or (event == "open" and frame.f_globals.get("__name__") in _OPENERS)
    ):
        frame = frame.f_back
    file = frame.f_code.co_filename if frame is not None else ""
    if file.startswith(_root):
        path = file[len(_root) :].replace(os.sep, "/")
        found = (event, path, frame.f_lineno)
        if found not in _seen:
            _seen.add(found)
            write(reached=found)


_root = SPEC["root"] + os.sep if SPEC is not None else ""
_reports = os.path.dirname(SPEC["report"]) if SPEC is not None else ""  # noqa: PTH120
