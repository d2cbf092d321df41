"""pytest plugin: writes what happened to each test, one JSON object per line, for repairlsp.

Runs inside the interpreter of the project under repair: Python 3.9 or later, pytest 7 or later,
nothing but the standard library. It is loaded with `-p`, first of the plugins in this folder, and
configured by the JSON file that the environment variable REPAIRLSP_SPEC names.

Each line starts with a code that only who knows its key can make, and each has a key of its own,
made of the one before: what the code under test writes into the file, changes in it or cuts from
it, shows. The first key comes with the configuration, which is gone before anything of the project
is loaded; so are our modules' names. Kinds of lines:

    {"loaded": "9.0.1"}                       pytest's version
    {"collected": 12}                         how many tests were selected to run
    {"start": ID}                             a test begins
    {"case": ID, "outcome": ..., "message": ..., "frames": [[path, line, function], ...],
     "seconds": ...}                          it ended; or its file could not be collected
    {"stopped": ID}                           stopped on purpose, after this test
    {"foreign": {module: file}}               project modules that came from outside the copy
    {"out_of_sight": EVENT}                   the running test did what coverage does not see
    {"note": TEXT}                            for people
    {"exit": 1}                               the session ended, with this exit status
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Generator
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pytest

_spec_path = os.environ.pop("REPAIRLSP_SPEC", "")
# A pytest that the tests start themselves loads us too, and has nothing to report.
SPEC: Any = json.loads(Path(_spec_path).read_text("utf-8")) if _spec_path else None
_once = SPEC is not None and SPEC.get("once", False)
if _once:
    Path(_spec_path).unlink()
_MAX_FRAMES = 60
_MAX_MESSAGE = 500
_SEVERITY = {"passed": 0, "xpassed": 1, "xfailed": 1, "skipped": 1, "failed": 2, "error": 2}
_faults: dict[str, tuple[str, list[Any]]] = {}
_cases: dict[str, list[Any]] = {}


def _report() -> tuple[Any, Any]:
    """The functions that write the report. The key is theirs alone: no module has it."""
    file, owner, key = -1, os.getpid(), b""

    def write(**line: Any) -> None:
        """Append one line to the report; a child that the tests forked writes nothing."""
        nonlocal key
        if file >= 0 and os.getpid() == owner:
            text = json.dumps(line).encode()
            code = blake2b(text, key=key, digest_size=16).hexdigest().encode()
            key = blake2b(b"next", key=key, digest_size=32).digest()
            os.write(file, code + b" " + text + b"\n")

    def open_report(path: str, new_key: str) -> None:
        """Write to this file from here on, as this process."""
        nonlocal file, owner, key
        if file >= 0:
            os.close(file)
        file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
        owner, key = os.getpid(), bytes.fromhex(new_key)
        write(loaded=pytest.__version__)

    return write, open_report


write, open_report = _report()

if SPEC is not None:
    if SPEC["user_addopts"] is None:
        os.environ.pop("PYTEST_ADDOPTS", None)
    else:
        os.environ["PYTEST_ADDOPTS"] = SPEC["user_addopts"]
    open_report(SPEC["report"], SPEC.pop("key", ""))


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_load_initial_conftests() -> Generator[None, Any, None]:
    """Who imports our modules by name from here on gets new ones, which report nothing."""
    if SPEC is not None:
        for name in [name for name in sys.modules if name.startswith("repairlsp_")]:
            del sys.modules[name]
    result = yield
    error: Any = result.excinfo[1] if SPEC is not None and result.excinfo else None
    if type(error).__name__ == "ConftestImportFailure":
        folder = relative(str(Path(error.path).parent))
        write_collection_error(folder or ".", error.__cause__ or error)


# ------------------------------------------------------------------------------ describing errors


def relative(path: str) -> str | None:
    """The path inside the copy, with `/`; None outside it."""
    path, root = os.path.abspath(path), str(SPEC["root"])  # noqa: PTH100 (quick, for every frame)
    inside = path.startswith(root + os.sep)
    return path[len(root) + 1 :].replace(os.sep, "/") if inside else None


def describe(error: BaseException) -> tuple[str, list[Any]]:
    """(message, frames) of an exception."""
    # pytest's CollectError hides the import error that caused it.
    if type(error).__name__ == "CollectError" and error.__cause__ is not None:
        error = error.__cause__
    frames: list[Any] = []
    _add_frames(error, frames, set())
    half = _MAX_FRAMES // 2
    if len(frames) > _MAX_FRAMES:  # a recursion
        frames = frames[:half] + frames[-half:]
    return message_of(error), frames


def message_of(error: BaseException) -> str:
    """`Type: first line of the text`."""
    try:
        lines = [line.strip() for line in str(error).splitlines()]
    except Exception:  # noqa: BLE001 (a broken __str__ of the user's)
        lines = []
    text = next((line for line in lines if line), "")
    name = type(error).__name__
    return (f"{name}: {text}" if text else name)[:_MAX_MESSAGE]


def _add_frames(error: BaseException, frames: list[Any], seen: set[int]) -> None:
    """The project's frames, outermost first; then those of the exception it was raised from,
    which lie deeper; then the place that a syntax or import error names."""
    if id(error) in seen:
        return
    seen.add(id(error))
    traceback = error.__traceback__
    while traceback is not None:
        code = traceback.tb_frame.f_code
        _add_frame(frames, code.co_filename, traceback.tb_lineno, code.co_name)
        traceback = traceback.tb_next
    deeper = error.__cause__
    if deeper is None and not error.__suppress_context__:
        deeper = error.__context__
    if deeper is not None:
        _add_frames(deeper, frames, seen)
    if isinstance(error, SyntaxError):
        _add_frame(frames, error.filename, error.lineno, "<module>")
    elif isinstance(error, ImportError):  # "cannot import name": the fault may be over there
        _add_frame(frames, error.path, 1, "<module>")


def _add_frame(frames: list[Any], filename: str | None, line: int | None, function: str) -> None:
    path = relative(filename) if filename else None
    frame = [path, line or 1, function]
    if path is not None and frame not in frames[-1:]:
        frames.append(frame)


# ---------------------------------------------------------------------------------------- outcomes


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: Any, call: Any) -> Generator[None, Any, None]:
    result = yield
    report = result.get_result()
    if SPEC is not None and report.failed and call.excinfo is not None:
        _faults.setdefault(item.nodeid, describe(call.excinfo.value))


def pytest_runtest_logstart(nodeid: str) -> None:
    if SPEC is not None:
        _cases[nodeid] = [None, 0.0, ""]
        write(start=nodeid)


def pytest_runtest_logreport(report: Any) -> None:
    if SPEC is None:
        return
    case = _cases.setdefault(report.nodeid, [None, 0.0, ""])
    case[1] += getattr(report, "duration", 0.0)
    outcome = _outcome(report)
    if outcome is None or (hasattr(report, "context") and not report.failed):
        return  # a subtest counts only when it fails
    if case[0] is None or _SEVERITY[outcome] > _SEVERITY[case[0]]:
        case[0] = outcome
        # Where the exception is known, its text is, and making one of the traceback takes long.
        said = report.failed and report.nodeid not in _faults
        case[2] = str(report.longrepr).strip().splitlines()[0:1] if said else ""


def _outcome(report: Any) -> str | None:
    if report.failed:
        return "failed" if report.when == "call" else "error"
    if report.skipped:
        return "xfailed" if hasattr(report, "wasxfail") else "skipped"
    if report.passed and report.when == "call":
        return "xpassed" if hasattr(report, "wasxfail") else "passed"
    return None


@pytest.hookimpl(trylast=True)
def pytest_runtest_logfinish(nodeid: str) -> None:
    if SPEC is None:
        return
    outcome, seconds, text = _cases.pop(nodeid, (None, 0.0, ""))
    message, frames = _faults.pop(nodeid, (text[0][:_MAX_MESSAGE] if text else "", []))
    if outcome is not None:
        failed = outcome in ("failed", "error")
        write(
            case=nodeid,
            outcome=outcome,
            message=message if failed else "",
            frames=frames if failed else [],
            seconds=round(seconds, 6),
        )


def write_collection_error(nodeid: str, error: BaseException | None, text: str = "") -> None:
    """A case for what could not even be collected: a file, or a folder with a broken conftest."""
    message, frames = describe(error) if error is not None else (text[:_MAX_MESSAGE], [])
    write(case=nodeid or ".", outcome="error", message=message, frames=frames, seconds=0.0)


@pytest.hookimpl(hookwrapper=True)
def pytest_make_collect_report(collector: Any) -> Generator[None, Any, None]:
    result = yield
    report = result.get_result()
    if SPEC is not None and report.failed:
        call = getattr(report, "call", None)
        error = call.excinfo.value if call is not None and call.excinfo is not None else None
        write_collection_error(report.nodeid, error, str(report.longrepr))


@pytest.hookimpl(trylast=True)
def pytest_collection_finish(session: Any) -> None:
    if SPEC is not None:
        write(collected=len(session.items))


@pytest.hookimpl(hookwrapper=True)
def pytest_sessionfinish(session: Any) -> Generator[None, Any, None]:
    yield
    if SPEC is not None:
        write(exit=int(session.exitstatus))
