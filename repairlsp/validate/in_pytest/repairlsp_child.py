"""pytest plugin: makes the session of a forked child the one that was asked for.

It selects, limits and reports like a session in a process of its own, but says nothing that nobody
reads, saves nothing for the next session, and does without the interpreter's way of ending.

Python 3.9 or later, pytest 7 or later, nothing but the standard library.
"""

from __future__ import annotations

import contextlib
import os
import resource
import sys
from typing import Any

import pytest
import repairlsp_coverage  # type: ignore[import-not-found]
from repairlsp_report import SPEC, open_report, write  # type: ignore[import-not-found]

# What a test that does one of these runs, its coverage does not tell.
_OUT_OF_SIGHT = {
    "os.exec",
    "os.fork",
    "os.forkpty",
    "os.posix_spawn",
    "os.system",
    "subprocess.Popen",
    "sys.monitoring.register_callback",
    "sys.settrace",
}
_is_child = False
_session: Any = None


def become_child(request: Any) -> None:
    """Be the session that was asked for, from here on."""
    global _is_child  # noqa: PLW0603 (a plugin module is one object for the whole session)
    _is_child = True
    sys.dont_write_bytecode = True
    SPEC.update({name: request[name] for name in ("only", "tolerate", "case_seconds")})
    SPEC.update(cpu_seconds=request["cpu_seconds"], bytecode_writable=False)
    open_report(request["report"], request["key"])
    if request["coverage"] is not None:
        _measure(request["coverage"])
    # A last resort: the parent looks at the child's processor time and ends it before.
    total = int(request["cpu_total"]) + 3
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CPU, (total, hard))
    if _session is not None:
        _quiet(_session.config)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: Any) -> None:
    global _session  # noqa: PLW0603
    _session = session
    if _is_child:
        _quiet(session.config)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    if _is_child and _session is not None:
        os._exit(int(_session.exitstatus))


def _quiet(config: Any) -> None:
    config.option.tbstyle = "no"
    config.option.reportchars = ""
    config.option.no_summary = True
    config.option.cacheshow = ["*"]  # so pytest does not save what failed for the next session
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    writer: Any = getattr(reporter, "_tw", None)
    if hasattr(writer, "_file"):
        writer._file = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    capture = config.pluginmanager.get_plugin("capturemanager")
    if capture is not None and capture.is_globally_capturing():
        capture.read_global_capture()  # what another child left in the file they all share


def _measure(coverage: str) -> None:
    """Measure the child's coverage, and report the tests for which it cannot be complete."""
    SPEC["coverage"] = coverage
    repairlsp_coverage.start()

    def look(event: str, _: Any) -> None:
        if event in _OUT_OF_SIGHT:
            write(out_of_sight=event)

    sys.addaudithook(look)
