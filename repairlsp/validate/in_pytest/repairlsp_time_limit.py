"""pytest plugin: ends a test that runs too long as a failure of that test, with its traceback.

An endless loop is a common defect. A limit on the whole run could only say that something hangs;
this one says where, and lets the other tests run.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Generator
from typing import Any

import pytest
from repairlsp_report import SPEC  # type: ignore[import-not-found]

_AGAIN = 1.0  # seconds until the next try, for code that catches everything


class TestTimeLimitExceeded(BaseException):
    """Not an Exception, so that the code under test does not catch it by accident."""


def _guarded() -> Generator[None, Any, None]:
    """Set the alarm around the test's own code only: inside pytest's it would end the session."""
    if not _can_interrupt():
        yield
        return
    signal.signal(signal.SIGALRM, _interrupt)
    signal.setitimer(signal.ITIMER_REAL, SPEC["case_seconds"], _AGAIN)
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)


def _can_interrupt() -> bool:
    """Only where the tests do not use the alarm for themselves."""
    return (
        SPEC is not None
        and SPEC["case_seconds"] is not None
        and threading.current_thread() is threading.main_thread()
        and signal.getsignal(signal.SIGALRM) == signal.SIG_DFL
    )


def _interrupt(signum: int, frame: Any) -> None:
    raise TestTimeLimitExceeded(f"the test ran longer than {SPEC['case_seconds']:g} s")


@pytest.hookimpl(hookwrapper=True, trylast=True)
def pytest_runtest_setup() -> Generator[None, Any, None]:
    yield from _guarded()


@pytest.hookimpl(hookwrapper=True, trylast=True)
def pytest_runtest_call() -> Generator[None, Any, None]:
    yield from _guarded()


@pytest.hookimpl(hookwrapper=True, trylast=True)
def pytest_runtest_teardown() -> Generator[None, Any, None]:
    yield from _guarded()
