"""The proof at the end of the search: a candidate repairs the target tests and breaks nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from repairlsp.errors import PatchError
from repairlsp.sandbox import NEVER
from repairlsp.source import SourceText
from repairlsp.types import CancelToken, Candidate, CheckedBy, TestRun, Validation
from repairlsp.validate.fork_server import ChangedFile, ForkServer, Refusal
from repairlsp.validate.limits import child_limits, patient_limits, ran_out_of_time
from repairlsp.validate.plan import ValidationPlan
from repairlsp.validate.project_copy import ProjectCopy
from repairlsp.validate.reach import changed_bodies
from repairlsp.validate.region import changed_region, imports_of
from repairlsp.validate.regression import problem
from repairlsp.validate.runner import TestRunReport, run_tests
from repairlsp.validate.slot import Slot

# Below this much time spent in all tests together, running the targets alone first costs more
# (a process start, 0.2 s) than it saves.
_WORTH_SPLITTING = 0.3
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
        changes = changed_files(slot.copy.preview(candidate.edits))
        forked = _forked(candidate, changes, slot, plan, cancel)
        if forked is not None and forked.verdict != "plausible":
            return forked
        with slot.copy.patched(candidate.edits) as copy:
            return _proved(copy, plan, targets_pass=forked is not None, cancel=cancel)
    except PatchError as error:
        return Validation("rejected", str(error))


def changed_files(previews: Mapping[str, tuple[SourceText, SourceText]]) -> list[ChangedFile]:
    """What changes from the first to the second text of each file."""
    changes = []
    for path, (before, after) in previews.items():
        region = changed_region(before, after)
        changes.append(ChangedFile(path, region, imports_of(before)))
    return changes


# ----------------------------------------------------------------------------- by forked children


def _forked(
    candidate: Candidate,
    changes: Sequence[ChangedFile],
    slot: Slot,
    plan: ValidationPlan,
    cancel: CancelToken,
) -> Validation | None:
    """What children of the first server that can run the candidate say; None without one."""
    bodies = changed_bodies({one.path: one.region for one in changes})
    if bodies is not None and not bodies.isdisjoint(plan.at_import):
        bodies = None  # they ran when they were loaded, with an effect that is still there
    for server in slot.servers(cancel):
        target = None if bodies is None else slot.unreached_target(bodies, plan.targets)
        if target is not None:
            why = f"{target} still fails: it does not execute what the edit changes"
            return Validation("failing", why, None, "coverage")
        child = _Children(changes, server, plan, slot.is_patient, cancel)
        with slot.copy.patched(candidate.edits):
            said = child.run_targets()
        others = plan.others_reached(bodies)
        if isinstance(said, Validation) and said.verdict == "plausible" and others != ():
            with slot.copy.patched(candidate.edits):
                more = child.run(others, plan.targets)
            if isinstance(more, Validation) and more.verdict != "plausible":
                said = more if slot.repeats_the_baseline(server, others, cancel) else said
        if isinstance(said, Validation):
            return replace(said, checked_by=_CHECKED_BY[server.mode])
        if said.lasting:
            slot.lose(server, said.why)
    return None


class _Children(NamedTuple):
    """Runs one candidate in children of a server."""

    changes: Sequence[ChangedFile]
    server: ForkServer
    plan: ValidationPlan
    is_patient: bool
    cancel: CancelToken

    def run_targets(self) -> Validation | Refusal:
        """The target tests; alone the quickest one, where that decides much sooner."""
        quickest = self.plan.quickest_target
        if quickest is not None:
            said = self.run((quickest,), (quickest,))
            if isinstance(said, Refusal) or said.verdict != "plausible":
                return said
        return self.run(self.plan.targets, self.plan.targets)

    def run(self, only: tuple[str, ...] | None, targets: Sequence[str]) -> Validation | Refusal:
        """These tests, all of them for None, as the run before any patch was. A test that runs out
        of a child's little time is no failure yet."""
        plan = self.plan
        if self.is_patient:
            limits = patient_limits(plan.limits)
        else:
            limits = child_limits(plan.baseline, only, cold=self.server.mode == "cold")
        report = self.server.run(
            self.changes, only, tolerate=plan.tolerated, limits=limits, cancel=self.cancel
        )
        if isinstance(report, Refusal):
            return report
        judged = _judged(report, plan.baseline_of(only), targets)
        too_long = any(ran_out_of_time(case) for case in report.run.failing)
        if judged.verdict == "failing" and too_long and not self.is_patient:
            return replace(judged, verdict="timeout")
        return judged


# ---------------------------------------------------------------------------- by fresh processes


def _proved(
    copy: ProjectCopy, plan: ValidationPlan, *, targets_pass: bool, cancel: CancelToken
) -> Validation:
    """What fresh processes say. `targets_pass` as far as forked children have found."""
    worth_splitting = plan.test_seconds > _WORTH_SPLITTING and not targets_pass
    if worth_splitting and len(plan.baseline.cases) > len(plan.targets):
        first = _attempt(copy, plan, plan.targets, cancel)
        if first.verdict != "plausible":
            return first
    whole = _attempt(copy, plan, None, cancel)
    if whole.verdict != "plausible":
        return whole
    again = _attempt(copy, plan, None, cancel)
    if again.verdict != "plausible":
        return Validation(again.verdict, f"a second run disagrees: {again.reason}", again.run)
    assert whole.run is not None and again.run is not None
    if _outcomes(whole.run) != _outcomes(again.run):
        return Validation("failing", "two runs of the tests do not agree", again.run)
    return again


def _attempt(
    copy: ProjectCopy, plan: ValidationPlan, only: tuple[str, ...] | None, cancel: CancelToken
) -> Validation:
    """One run of these tests, all of them for None, compared with the one before any patch."""
    report = run_tests(
        copy,
        plan.command,
        plan.sandbox,
        tests=only,
        tolerate=plan.tolerated,
        seconds=plan.limits.run,
        case_seconds=plan.limits.case,
        memory_bytes=plan.memory_bytes,
        cancel=cancel,
    )
    return _judged(report, plan.baseline_of(only), plan.targets)


# ------------------------------------------------------------------------------------- the verdict


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
