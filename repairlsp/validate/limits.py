"""How long test runs may take, derived from the run before any patch.

Generous for a working patch, for slow moments of the machine are not the patch's fault; short for
an endless loop, for many candidates have one.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from repairlsp.types import TestCase, TestRun


class TimeLimits(NamedTuple):
    """Seconds for a whole run, and for each phase of one test in it."""

    run: float
    case: float


def time_limits(baseline: TestRun) -> TimeLimits:
    """Limits for runs of candidates in processes of their own."""
    case = 2.0 + 5.0 * _slowest(baseline)
    return TimeLimits(run=5.0 + 3.0 * baseline.seconds + case, case=case)


class ChildLimits(NamedTuple):
    """Limits of a forked child: seconds of wall and of processor time, for a phase of one test and
    for all of the child's life."""

    run: float
    case: float
    cpu_run: float
    cpu_case: float


def child_limits(
    baseline: TestRun, tests: Collection[str] | None, *, cold: bool = False
) -> ChildLimits:
    """Limits for a child that runs `tests`, all of them for None. A cold one has to load them.

    Tighter than those of a process, since processor time is not used up by a busy machine: an
    endless loop ends after about a third of a second.
    """
    slowest = _slowest(baseline)
    cases = [case for case in baseline.cases if tests is None or case.id in tests]
    expected = sum(case.seconds for case in cases if _finished(case))
    if cold:
        expected += max(0.0, baseline.seconds - sum(case.seconds for case in baseline.cases))
    case, cpu_case = 2.0 + 5.0 * slowest, 0.3 + 3.0 * slowest
    return ChildLimits(
        run=2.0 + 4.0 * expected + 2 * case,
        case=case,
        cpu_run=0.3 + 3.0 * expected + 2 * cpu_case,
        cpu_case=cpu_case,
    )


def patient_limits(limits: TimeLimits) -> ChildLimits:
    """Limits for a child that gets the time of a process."""
    return ChildLimits(limits.run, limits.case, cpu_run=2 * limits.run, cpu_case=2 * limits.case)


def ran_out_of_time(case: TestCase) -> bool:
    """Whether our time limit ended the test."""
    return "TimeLimitExceeded" in case.message


def _finished(case: TestCase) -> bool:
    return not ran_out_of_time(case)


def _slowest(baseline: TestRun) -> float:
    return max((case.seconds for case in baseline.cases if _finished(case)), default=0.0)
