"""The proof at the end of the search: a candidate repairs the target tests and breaks nothing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from repairlsp.errors import PatchError
from repairlsp.sandbox import NEVER, Sandbox
from repairlsp.types import CancelToken, Candidate, TestRun, Validation
from repairlsp.validate.command import TestCommand
from repairlsp.validate.project_copy import ProjectCopy
from repairlsp.validate.regression import problem
from repairlsp.validate.runner import run_tests

# Below this much time spent in all tests together, running the targets alone first costs more
# (a process start, 0.2 s) than it saves.
_WORTH_SPLITTING = 0.3


class TimeLimits(NamedTuple):
    """Seconds for a whole run, and for each phase of one test in it."""

    run: float
    case: float


def time_limits(baseline: TestRun) -> TimeLimits:
    """Limits for runs of candidates: generous for a working patch, for slow moments of the machine
    are not the patch's fault; short for an endless loop, for many candidates have one."""
    finished = [case.seconds for case in baseline.cases if "TimeLimitExceeded" not in case.message]
    case = 2.0 + 5.0 * max(finished, default=0.0)
    return TimeLimits(run=5.0 + 3.0 * baseline.seconds + case, case=case)


@dataclass(frozen=True, slots=True)
class ValidationPlan:
    """What all candidates of one repair are held to. `targets` are the failing tests to repair;
    `baseline` is the run of the whole command before any patch."""

    command: TestCommand
    sandbox: Sandbox
    baseline: TestRun
    targets: tuple[str, ...]
    limits: TimeLimits
    memory_bytes: int


def validate(
    candidate: Candidate, copy: ProjectCopy, plan: ValidationPlan, cancel: CancelToken = NEVER
) -> Validation:
    """Run the target tests, then the whole command, then the whole command again.

    `plausible` only when all three agree that every target passes and nothing else got worse; the
    exit status has to agree with the report each time. Each run stops at the first test that
    decides against the candidate. Raises CancelledError.
    """
    try:
        with copy.patched(candidate.edits):
            return _decide(copy, plan, cancel)
    except PatchError as error:
        return Validation("rejected", str(error))


def _decide(copy: ProjectCopy, plan: ValidationPlan, cancel: CancelToken) -> Validation:
    in_tests = sum(case.seconds for case in plan.baseline.cases)
    if in_tests > _WORTH_SPLITTING and len(plan.baseline.cases) > len(plan.targets):
        nothing = TestRun("failed", 1, (), 0.0)
        first = _attempt(copy, plan, nothing, cancel, only=plan.targets)
        if first.verdict != "plausible":
            return first
    whole = _attempt(copy, plan, plan.baseline, cancel)
    if whole.verdict != "plausible":
        return whole
    again = _attempt(copy, plan, plan.baseline, cancel)
    if again.verdict != "plausible":
        return Validation(again.verdict, f"a second run disagrees: {again.reason}", again.run)
    assert whole.run is not None and again.run is not None
    if _outcomes(whole.run) != _outcomes(again.run):
        return Validation("failing", "two runs of the tests do not agree", again.run)
    return again


def _attempt(
    copy: ProjectCopy,
    plan: ValidationPlan,
    baseline: TestRun,
    cancel: CancelToken,
    only: Sequence[str] | None = None,
) -> Validation:
    """One run, compared with `baseline`."""
    report = run_tests(
        copy,
        plan.command,
        plan.sandbox,
        tests=only,
        tolerate=_tolerated(baseline, plan.targets),
        seconds=plan.limits.run,
        case_seconds=plan.limits.case,
        memory_bytes=plan.memory_bytes,
        cancel=cancel,
    )
    if report.run.status == "timeout":
        return Validation("timeout", report.run.message, report.run)
    reason = problem(baseline, report.run, plan.targets)
    if reason is None and report.stopped_early:
        reason = "the run was stopped at a failing test"
    if reason is not None:
        return Validation("failing", reason, report.run)
    return Validation("plausible", "the target tests pass and nothing else got worse", report.run)


def _tolerated(baseline: TestRun, targets: Collection[str]) -> set[str]:
    """The tests that may go on failing."""
    return {case.id for case in baseline.failing} - set(targets)


def _outcomes(run: TestRun) -> dict[str, str]:
    return {case.id: case.outcome for case in run.cases}
