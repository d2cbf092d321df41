"""The proof at the end of the search: a candidate repairs the target tests and breaks nothing."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence, Set
from contextlib import nullcontext
from dataclasses import replace
from typing import NamedTuple

from repairlsp.errors import PatchError
from repairlsp.sandbox import NEVER
from repairlsp.source import SourceText
from repairlsp.types import CancelToken, Candidate, CheckedBy, Edit, TestRun, Validation
from repairlsp.validate.fork_server import ChangedFile, ForkServer, Refusal
from repairlsp.validate.limits import child_limits, patient_limits, ran_out_of_time
from repairlsp.validate.plan import ValidationPlan
from repairlsp.validate.project_copy import ProjectCopy
from repairlsp.validate.reach import changed_bodies
from repairlsp.validate.region import UNFIT, changed_region, imports_of, parse
from repairlsp.validate.regression import problem
from repairlsp.validate.runner import TestRunReport, run_tests
from repairlsp.validate.slot import Slot
from repairlsp.validate.tampering import added_tampering
from repairlsp.validate.temporary import in_temporary_folder
from repairlsp.validate.touched import touched
from repairlsp.validate.witness import contradiction

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
    ever decide against a candidate, for it is fresh processes that prove it, the last of them in a
    fresh copy. An edit that reaches for the test runner is never proved. Raises CancelledError, and
    BrokenEnvironmentError when the temporary folder is full or gone.
    """
    with in_temporary_folder(slot.copy.workspace):
        return _validated(candidate, slot, plan, cancel)


def _validated(
    candidate: Candidate, slot: Slot, plan: ValidationPlan, cancel: CancelToken
) -> Validation:
    try:
        changes = changed_files(slot.copy.preview(candidate.edits))
        forked = _forked(candidate, changes, slot, plan, cancel)
        if forked is not None and forked.verdict != "plausible":
            return forked
        proof = _Proof(candidate.edits, changes, frozenset(slot.copy.files), plan, cancel)
        with slot.alone() if forked is not None else nullcontext():
            said = proof.of(slot.copy, targets_pass=forked is not None)
        if said.verdict != "plausible":
            return said
        if (touched := slot.foundations.changed()) is not None:
            return Validation("failing", f"the tests wrote to {touched}, outside their copy")
        if (reason := _reaches_for_the_runner(changes)) is not None:
            return Validation("rejected", reason)
        return said
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


def _reaches_for_the_runner(changes: Sequence[ChangedFile]) -> str | None:
    """Why the tests' word does not count: the screen's reason, for those who did without it."""
    for one in changes:
        try:
            after = parse("\n".join(one.region.after))
        except UNFIT:
            return None  # the tests will say
        try:
            before = parse("\n".join(one.region.before))
        except UNFIT:
            before = ast.Module([], [])
        if (reason := added_tampering(before, after)) is not None:
            return reason
    return None


class _Proof(NamedTuple):
    """Runs a candidate in processes of its own."""

    edits: Sequence[Edit]
    changes: Sequence[ChangedFile]
    files: Set[str]
    plan: ValidationPlan
    cancel: CancelToken

    def of(self, copy: ProjectCopy, *, targets_pass: bool) -> Validation:
        """The verdict. `targets_pass` as far as forked children have found."""
        plan = self.plan
        with copy.patched(self.edits):
            worth_splitting = plan.test_seconds > _WORTH_SPLITTING and not targets_pass
            if worth_splitting and len(plan.baseline.cases) > len(plan.targets):
                first = self._attempt(copy, plan.targets)
                if first.verdict != "plausible":
                    return first
            whole = self._attempt(copy, None)
        if whole.verdict != "plausible":
            return whole
        with copy.fresh() as other, other.patched(self.edits):
            again = self._attempt(other, None)
        if again.verdict != "plausible":
            return Validation(again.verdict, f"a second run disagrees: {again.reason}", again.run)
        assert whole.run is not None and again.run is not None
        if _outcomes(whole.run) != _outcomes(again.run):
            return Validation("failing", "two runs of the tests do not agree", again.run)
        return again

    def _attempt(self, copy: ProjectCopy, only: tuple[str, ...] | None) -> Validation:
        """One run of these tests, all of them for None, compared with the one before any patch."""
        plan = self.plan
        report = run_tests(
            copy,
            plan.command,
            plan.sandbox,
            tests=only,
            tolerate=plan.tolerated,
            watched=plan.targets,
            seconds=plan.limits.run,
            case_seconds=plan.limits.case,
            memory_bytes=plan.memory_bytes,
            cancel=self.cancel,
        )
        said = _judged(report, plan.baseline_of(only), plan.targets)
        reason = self._tampered(report) if said.verdict == "plausible" else None
        return said if reason is None else Validation("failing", reason, report.run)

    def _tampered(self, report: TestRunReport) -> str | None:
        """What the run did to the test runner that one without the edits does not do."""
        before, now = self.plan.witness, report.witness
        if (said := contradiction(report.run.cases, now, before)) is not None:
            return said
        unchanged = self.files - {one.path for one in self.changes}
        if replaced := now.replaced(before, unchanged):
            return f"the test run was tampered with: {replaced[0]} was replaced"
        for one in self.changes:
            for old, new in touched(self.edits, one.path, one.region):
                for event, path, line in now.reached:
                    was_there = any(
                        (event, path) == each[:2] and each.line in old for each in before.reached
                    )
                    if path == one.path and line in new and not was_there:
                        return f"line {line} of {path} reaches for the test runner ({event})"
        return None


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
