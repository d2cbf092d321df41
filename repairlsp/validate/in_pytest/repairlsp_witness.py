"""The part of our plugins that the code under test cannot reach: it sees how each test ends, and
signs what it sees.

Not imported but executed by repairlsp_integrity.py, once, in a namespace that no module has, with
built-ins of its own. All that refers to it is the interpreter's list of audit hooks. Who looks for
it there has to use `gc` or frames, which is an audit event, noted before it is answered. So there
are no classes here (`__subclasses__` would find them), nothing is called by a name that others can
change, and what comes from the code under test is compared by identity and type, not asked.

It is told of the run by `sys.audit("repairlsp.witness", KIND, ...)`, and believes it only from the
code of our own plugin, in the main thread. Each line is signed with a key of its own, made of the
one before, which is gone then: who learns the key later cannot change what was written.
Lines are JSON arrays:

    ["ended", ID, PHASE, RAISED, CODE]    a test's phase ended ("body" is its function alone), with
                                          an exception or without; what its function is made of
    ["tampered", NAME, ...]               what is not what it was, or new
    ["reached", EVENT, PATH, LINE]        a line of the project did what no repair needs
    ["exit"]                              the session ended, and the last comparison is made

Python 3.9 or later, nothing but the standard library.
"""

# The namespace is this module's own, for one run:
# ruff: noqa: PLW0603

from __future__ import annotations

import sys
from _thread import get_ident
from hashlib import blake2b
from json.encoder import encode_basestring_ascii
from os import O_APPEND, O_CLOEXEC, O_CREAT, O_WRONLY, fspath, getcwd, getpid, write
from os import open as open_file
from sys import _getframe
from typing import Any

_DIRECT = frozenset(
    {
        "gc.get_objects",
        "gc.get_referents",
        "gc.get_referrers",
        "marshal.loads",
        "object.__getattr__",
        "object.__setattr__",
        "os.exec",
        "os.kill",
        "os.killpg",
        "signal.pthread_kill",
        "sys._current_frames",
        "sys._getframe",
        "sys.addaudithook",
        "sys.monitoring.register_callback",
        "sys.setprofile",
        "sys.settrace",
    }
)
"""Libraries do these too: only who does them without one is noted."""
_FOREIGN_MEMORY = ("ctypes.addressof", "ctypes.cdata", "ctypes.dlopen", "ctypes.dlsym")
_FALSE_NAMES = ("compile", "code.__new__")
_OF_FILES = ("open", "os.link", "os.rename", "os.symlink")
_TOLD = "repairlsp.witness"
_EVENTS = frozenset({*_DIRECT, *_FOREIGN_MEMORY, *_FALSE_NAMES, *_OF_FILES, _TOLD})
_HIDDEN = ("/proc/", "/dev/fd/")
_busy: set[int] = set()
_main = get_ident()
_owner = getpid()
_file, _key = -1, b""
_root = _reports = ""
_libraries: tuple[str, ...] = ()
_callers: tuple[Any, ...] = ()
_watched: frozenset[str] = frozenset()
_tests: set[str] = set()
_seen: set[Any] = set()
_rewriter = "<none>"
_compare_after: Any = None
_compare_all: Any = None
_compare_quickly: Any = None
_name_of: Any = None
_code_of: Any = None


def begin(spec: Any, manager: Any, modules: Any, callers: Any, key: str, originals: Any) -> None:
    """Be the witness from now on, before anything of the project is loaded. `callers` is the code
    that may tell us of the run, `originals` the namespace of repairlsp_originals.py."""
    global _file, _key, _root, _reports, _libraries, _callers, _watched, _rewriter
    global _compare_after, _compare_all, _compare_quickly, _name_of, _code_of
    _file = open_file(spec["witness"], O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
    _key = bytes.fromhex(key)
    _root = spec["root"] + "/"
    _reports = spec["report"].rpartition("/")[0]
    places = {sys.prefix, sys.base_prefix, sys.exec_prefix, *sys.path}
    outside = (f"{place}/" for place in places if place)
    _libraries = ("<frozen ", *(place for place in outside if not place.startswith(_root)))
    _callers = tuple(callers)
    _watched = frozenset(spec["watched"])
    _rewriter = modules["_pytest.assertion.rewrite"].__file__
    _compare_after, _compare_all = originals["compare_after"], originals["compare_all"]
    _compare_quickly = originals["compare_quickly"]
    _name_of, _code_of = originals["name_of"], originals["code_of"]
    originals["take_note"](_root, manager, modules, _tell_of)
    sys.addaudithook(_hook)


def _tell_of(name: str) -> None:
    _write_once("tampered", name)


# ---------------------------------------------------------------------------------- audit events


def _hook(event: str, arguments: Any) -> None:
    if event not in _EVENTS:
        return
    me = get_ident()
    if me in _busy:
        return
    _busy.add(me)
    try:
        if event == _TOLD:
            _take(arguments, _getframe(1), me)
        elif event in _DIRECT:
            _note(event, _getframe(1), False)
        elif event in _FOREIGN_MEMORY or any(map(_concern_of(event), _names_in(event, arguments))):
            _note(event, _getframe(1), True)
    finally:
        _busy.discard(me)


def _concern_of(event: str) -> Any:
    return _is_of_a_library if event in _FALSE_NAMES else _is_private


def _names_in(event: str, arguments: Any) -> Any:
    """The names of files among the arguments of an event."""
    if event == "open":
        return arguments[:1]
    return arguments[1:2] if event in _FALSE_NAMES else arguments[:2]


def _is_of_a_library(name: Any) -> bool:
    return type(name) is str and name.startswith(_libraries)


def _is_private(name: Any) -> bool:
    """Whether no program has to open it: a test, what the system tells of processes, ours."""
    if type(name) not in (str, bytes):
        if not hasattr(type(name), "__fspath__"):
            return False  # a descriptor
        name = fspath(name)
    name = name.decode("utf-8", "surrogateescape") if isinstance(name, bytes) else name
    place: list[str] = []
    for part in (name if name.startswith("/") else f"{getcwd()}/{name}").split("/"):  # noqa: PTH109
        if part == "..":
            del place[-1:]
        elif part not in ("", "."):
            place.append(part)
    path = "/" + "/".join(place)
    return path in _tests or f"{path}/".startswith((*_HIDDEN, _reports))


def _note(event: str, frame: Any, through_libraries: bool) -> None:
    """Note the line of the project that did it, with the help of libraries or without. What runs
    in code that is of no file, or of one that came later, is done by the line that called it."""
    while frame is not None:
        file = frame.f_code.co_filename
        if file.startswith(_root):
            _write_once("reached", event, file[len(_root) :], frame.f_lineno)
            return
        if file.startswith(("<frozen importlib", _rewriter)):
            return  # an import
        is_library = file.startswith(_libraries)
        if is_library and not through_libraries:
            return
        through_libraries = through_libraries or not is_library
        frame = frame.f_back


# ------------------------------------------------------------------------------- being told things


def _take(arguments: Any, frame: Any, thread: int) -> None:
    """What our plugin says, if it is our plugin that says it."""
    if getpid() != _owner:
        return  # a process that the tests forked
    if thread != _main or not any(frame.f_code is code for code in _callers):
        _note(_TOLD, frame, True)
        _write_once("tampered", "the witness of the run")
        return
    kind = arguments[0]
    if kind == "tests":
        _tests.update(arguments[1])
    elif kind == "ended":
        # All of it takes 1 ms a test, of which a suite may have thousands.
        item, phase, raised = arguments[1:]
        if item.nodeid in _watched:
            _look_back(frame)
            _compare_after(item, closely=phase == "body")
        elif phase in ("body", "call"):
            _look_back(frame)
            if phase == "call":
                _compare_quickly()
        _write("ended", item.nodeid, phase, raised, _code_of(item) if phase == "body" else "")
    elif kind == "exit":
        _look_back(frame)
        _compare_all()
        _write("tampered", *map(_name_of, arguments[1]))
        _write("exit")


def _look_back(frame: Any) -> None:
    """Who calls our plugin in pytest's name is on the way to it."""
    caller = frame.f_back
    while caller is not None:
        file = caller.f_code.co_filename
        if file.startswith(_root):
            _write_once("reached", _TOLD, file[len(_root) :], caller.f_lineno)
        elif file[:1] == "<" and not file.startswith("<frozen "):
            _write_once("tampered", f"{file} on the way to the witness")
        caller = caller.f_back


# ------------------------------------------------------------------------------------------ writing


def _write_once(*line: Any) -> None:
    if line not in _seen:
        _seen.add(line)
        _write(*line)


def _write(*line: Any) -> None:
    global _key
    if getpid() != _owner:
        return
    values = (str(each).lower() if type(each) in (bool, int) else _text(each) for each in line)
    text = f"[{', '.join(values)}]".encode()
    code = blake2b(text, key=_key, digest_size=16).hexdigest().encode()
    _key = blake2b(b"next", key=_key, digest_size=32).digest()
    write(_file, code + b" " + text + b"\n")


def _text(value: Any) -> str:
    return encode_basestring_ascii(value if type(value) is str else str(value))
