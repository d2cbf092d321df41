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

    `plausible` only when all agree that every target passes and nothing else got worse; the exit
    status has to agree with the report each time. Each run stops at the first test that decides
    against the candidate. Children of the slot's fork servers run first what they can; they only
    ever decide against a candidate, for it is fresh processes that prove it. Raises CancelledError.
    """
    try:
        forked = _forked(candidate, slot, plan, cancel)
        if forked is not None and forked.verdict != "plausible":
            return forked
        with slot.copy.patched(candidate.edits) as copy:
            return _proved(copy, plan, targets_pass=forked is not None, cancel=cancel)
    except PatchError as error:
        return Validation("rejected", str(error))


# ----------------------------------------------------------------------------- by forked children


def _forked(
    candidate: Candidate, slot: Slot, plan: ValidationPlan, cancel: CancelToken
) -> Validation | None:
    """What children of the first server that can run the candidate say; None without one."""
    for server in slot.servers(cancel):
        with slot.copy.patched(candidate.edits) as copy:
            said = _targets_in_child(copy, server, plan, cancel)
        if isinstance(said, Validation) and said.verdict == "plausible" and plan.is_quick:
            if not slot.repeats_the_baseline(server, cancel):
                return said
            with slot.copy.patched(candidate.edits) as copy:
                said = _in_child(copy, server, plan, None, plan.targets, cancel)
        if isinstance(said, Validation):
            return said
        if said.lasting:
            slot.lose(server, said.why)
    return None


def _targets_in_child(
    copy: ProjectCopy, server: ForkServer, plan: ValidationPlan, cancel: CancelToken
) -> Validation | Refusal:
    """Run the target tests; alone the quickest one, where that decides much sooner."""
    quickest = plan.quickest_target
    if quickest is not None:
        said = _in_child(copy, server, plan, (quickest,), (quickest,), cancel)
        if isinstance(said, Refusal) or said.verdict != "plausible":
            return said
    return _in_child(copy, server, plan, plan.targets, plan.targets, cancel)


def _in_child(
    copy: ProjectCopy,
    server: ForkServer,
    plan: ValidationPlan,
    only: Sequence[str] | None,
    targets: Sequence[str],
    cancel: CancelToken,
) -> Validation | Refusal:
    changes = changed_files(copy)
    if changes is None:
        return Refusal("the file cannot be parsed")
    report = server.run(
        changes,
        only,
        tolerate=plan.tolerated if only is None else (),
        limits=child_limits(plan.baseline, only, cold=server.mode == "cold"),
        cancel=cancel,
    )
    if isinstance(report, Refusal):
        return report
    judged = _judged(report, plan.baseline if only is None else _NOTHING, targets)
    return replace(judged, checked_by=_CHECKED_BY[server.mode])


def changed_files(copy: ProjectCopy) -> list[ChangedFile] | None:
    """The regions that the patch of the copy changes; None for a file that is no Python to us."""
    changes = []
    for path, (before, after) in copy.changes.items():
        region = changed_region(before, after)
        if not region.is_parsed:
            return None
        changes.append(ChangedFile(path, region, imports_of(before)))
    return changes


# ---------------------------------------------------------------------------- by fresh processes


def _proved(
    copy: ProjectCopy, plan: ValidationPlan, *, targets_pass: bool, cancel: CancelToken
) -> Validation:
    """What fresh processes say. `targets_pass` as far as forked children have found."""
    worth_splitting = plan.test_seconds > _WORTH_SPLITTING and not targets_pass
    if worth_splitting and len(plan.baseline.cases) > len(plan.targets):
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
