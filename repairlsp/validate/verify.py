"""The proof at the end of the search: a candidate repairs the target tests and breaks nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from repairlsp.errors import PatchError
from repairlsp.sandbox import NEVER
from repairlsp.types import CancelToken, Candidate, CheckedBy, TestRun, Validation
from repairlsp.validate.fork_server import ChangedFile, ForkServer, Refusal
from repairlsp.validate.limits import child_limits
from repairlsp.validate.plan import ValidationPlan
from repairlsp.validate.project_copy import ProjectCopy
from repairlsp.validate.region import changed_region, imports_of
from repairlsp.validate.regression import problem
from repairlsp.validate.runner import TestRunReport, run_tests
from repairlsp.validate.slot import Slot

# Below this much time spent in all tests together, running the targets alone first costs more
# (a process start, 0.2 s) than it saves.
_WORTH_SPLITTING = 0.3
_NOTHING = TestRun("failed", 1, (), 0.0)
"""What the run of the target tests alone is compared with: no other test passed before."""
_CHECKED_BY: dict[str, CheckedBy] = {"warm": "swap", "cold": "fork"}


def validate(
    candidate: Candidate, slot: Slot, plan: ValidationPlan, cancel: CancelToken = NEVER
) -> Validation:
    """Run the target tests, then the whole command, then the whole command again.

    `plausible` only when all three agree that every target passes and nothing else got worse; the
    exit status has to agree with the report each time. Each run stops at the first test that
    decides against the candidate. The fork servers of the slot run first what they can; they only
    ever decide against a candidate, for it is fresh processes that prove it. Raises CancelledError.
    """
    try:
        for server in slot.servers(cancel):
            with slot.copy.patched(candidate.edits) as copy:
                said = _forked(copy, server, plan, cancel)
            if isinstance(said, Refusal):
                if said.lasting:
                    slot.drop(server, said.why)
                continue
            if said.verdict != "plausible":
                return said
            break
        with slot.copy.patched(candidate.edits) as copy:
            return _proved(copy, plan, cancel)
    except PatchError as error:
        return Validation("rejected", str(error))


def _forked(
    copy: ProjectCopy, server: ForkServer, plan: ValidationPlan, cancel: CancelToken
) -> Validation | Refusal:
    """What the children of a server say; a refusal when it cannot run the candidate."""
    changes = changed_files(copy)
    if changes is None:
        return Refusal("the file cannot be parsed")
    for only, baseline in ((plan.targets, _NOTHING), (None, plan.baseline)):
        report = server.run(
            changes,
            only,
            tolerate=plan.tolerated if only is None else (),
            limits=child_limits(plan.baseline, only),
            cancel=cancel,
        )
        if isinstance(report, Refusal):
            return report
        verdict = _judged(report, baseline, plan.targets)
        if verdict.verdict != "plausible":
            return replace(verdict, checked_by=_CHECKED_BY[server.mode])
    return verdict


def changed_files(copy: ProjectCopy) -> list[ChangedFile] | None:
    """The regions that the patch of the copy changes; None for a file that is no Python to us."""
    changes = []
    for path, (before, after) in copy.changes.items():
        region = changed_region(before, after)
        if not region.is_parsed:
            return None
        changes.append(ChangedFile(path, region, imports_of(before)))
    return changes


def _proved(copy: ProjectCopy, plan: ValidationPlan, cancel: CancelToken) -> Validation:
    """What fresh processes say."""
    in_tests = sum(case.seconds for case in plan.baseline.cases)
    if in_tests > _WORTH_SPLITTING and len(plan.baseline.cases) > len(plan.targets):
        first = _attempt(copy, plan, _NOTHING, cancel, only=plan.targets)
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
        tolerate=plan.tolerated if only is None else (),
        seconds=plan.limits.run,
        case_seconds=plan.limits.case,
        memory_bytes=plan.memory_bytes,
        cancel=cancel,
    )
    return _judged(report, baseline, plan.targets)


def _judged(report: TestRunReport, baseline: TestRun, targets: Sequence[str]) -> Validation:
    if report.run.status == "timeout":
        return Validation("timeout", report.run.message, report.run)
    reason = problem(baseline, report.run, targets)
    if reason is None and report.stopped_early:
        reason = "the run was stopped at a failing test"
    if reason is not None:
        return Validation("failing", reason, report.run)
    return Validation("plausible", "the target tests pass and nothing else got worse", report.run)


def _outcomes(run: TestRun) -> dict[str, str]:
    return {case.id: case.outcome for case in run.cases}
