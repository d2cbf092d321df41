"""pytest plugin: ends a test that runs too long as a failure of that test, with its traceback.

An endless loop is a common defect. A limit on the whole run could only say that something hangs;
this one says where, and lets the other tests run. Processor time has a limit of its own where one
is asked for, a lower one: a machine that is busy with other things does not use it up.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Generator
from typing import Any

import pytest
from repairlsp_report import SPEC  # type: ignore[import-not-found]

_AGAIN = 1.0  # seconds until the next try, for code that catches everything
_CLOCKS = (
    ("case_seconds", signal.SIGALRM, signal.ITIMER_REAL, "ran longer than {:g} s"),
    ("cpu_seconds", signal.SIGPROF, signal.ITIMER_PROF, "computed longer than {:g} s"),
)


class TestTimeLimitExceeded(BaseException):
    """Not an Exception, so that the code under test does not catch it by accident."""


def _guarded() -> Generator[None, Any, None]:
    """Set the alarms around the test's own code: inside pytest's they would end the session."""
    clocks = [clock for clock in _CLOCKS if _may_set(*clock[:2])]
    for name, number, timer, said in clocks:
        signal.signal(number, _interruption(said.format(SPEC[name])))
        signal.setitimer(timer, SPEC[name], _AGAIN)
    yield
    for _, number, timer, _ in clocks:
        signal.setitimer(timer, 0)
        signal.signal(number, signal.SIG_DFL)


def _may_set(name: str, number: int) -> bool:
    """Only where the tests do not use the alarm for themselves."""
    return (
        SPEC is not None
        and SPEC.get(name) is not None
        and threading.current_thread() is threading.main_thread()
        and signal.getsignal(number) == signal.SIG_DFL
    )


def _interruption(said: str) -> Callable[[int, Any], None]:
    def interrupt(signum: int, frame: Any) -> None:
        raise TestTimeLimitExceeded(f"the test {said}")

    return interrupt


@pytest.hookimpl(hookwrapper=True, trylast=True)
def pytest_runtest_setup() -> Generator[None, Any, None]:
    yield from _guarded()


@pytest.hookimpl(hookwrapper=True, trylast=True)
def pytest_runtest_call() -> Generator[None, Any, None]:
    yield from _guarded()


@pytest.hookimpl(hookwrapper=True, trylast=True)
def pytest_runtest_teardown() -> Generator[None, Any, None]:
    yield from _guarded()
