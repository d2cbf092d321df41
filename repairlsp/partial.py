"""Patches that repair some of several failing tests, where none repairs them all.

Two bugs in two functions fail tests of their own, and no small patch repairs both. What repairs one
of them is worth reporting: as unverified, since the test command goes on failing with it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

from repairlsp.outcome import Sources
from repairlsp.overfitting.cut import function_lines
from repairlsp.search import Found
from repairlsp.types import CancelToken, Candidate, Edit, Patch, TestRun, Validation
from repairlsp.validate import Slot, ValidationPlan, validate
from repairlsp.validate.regression import problem


class PartialRepairs:
    """Validates candidates, and keeps the `best` of those that repair some of the failing tests.

    Used by all slots at once. `grade` says how much speaks against a candidate, 0 for nothing. A
    partial repair is held to the same standard for the tests that it repairs: they pass, and
    nothing gets worse, twice.
    """

    def __init__(
        self, plan: ValidationPlan, sources: Sources, grade: Callable[[Candidate], int]
    ) -> None:
        self.best: Found | None = None
        self._plan, self._sources, self._grade = plan, sources, grade
        self._worth = (0, 0)
        self._lock = threading.Lock()

    def validate(self, candidate: Candidate, slot: Slot, cancel: CancelToken) -> Validation:
        """`plausible` only for what repairs every failing test. Raises CancelledError."""
        targets = self._plan.targets
        if len(targets) > 1:
            within_reach = self._within_reach(candidate)
            if within_reach != targets and self._is_better(candidate, within_reach):
                # It cannot repair the others, which never come there: running them tells nothing.
                targets = within_reach
        validation = self._validate_for(targets, candidate, slot, cancel)
        if validation.verdict == "failing" and validation.run is not None:
            repaired = self._repaired(validation.run)
            if len(repaired) < len(targets) and self._is_better(candidate, repaired):
                return self._validate_for(repaired, candidate, slot, cancel)
        return validation

    def _validate_for(
        self, targets: tuple[str, ...], candidate: Candidate, slot: Slot, cancel: CancelToken
    ) -> Validation:
        plan = self._plan if targets == self._plan.targets else replace(self._plan, targets=targets)
        validation = validate(candidate, slot, plan, cancel)
        if plan is self._plan or validation.verdict != "plausible" or validation.run is None:
            return validation
        if problem(plan.baseline, validation.run, self._plan.targets) is None:
            return validation  # it repairs the others too
        repaired = self._repaired(validation.run)
        worth = (len(repaired), -self._grade(candidate))
        with self._lock:
            if self.best is None or worth > self._worth:
                self.best, self._worth = Found(candidate, validation), worth
        return replace(validation, verdict="failing", reason="other failing tests still fail")

    def _is_better(self, candidate: Candidate, repaired: tuple[str, ...]) -> bool:
        """Whether the candidate would be the best if it repaired these."""
        with self._lock:
            best = self._worth
        if not repaired or len(repaired) < best[0] or (len(repaired), 0) <= best:
            return False
        return len(repaired) > best[0] or (len(repaired), -self._grade(candidate)) > best

    def _repaired(self, run: TestRun) -> tuple[str, ...]:
        passing = {case.id for case in run.passing}
        return tuple(target for target in self._plan.targets if target in passing)

    def _within_reach(self, candidate: Candidate) -> tuple[str, ...]:
        """The failing tests that enter a function which the candidate changes; all of them where
        that is not known."""
        bodies = [self._body(edit) for edit in candidate.edits]
        if not self._plan.coverage or any(body is None for body in bodies):
            return self._plan.targets
        lines = {
            (edit.path, line)
            for edit, body in zip(candidate.edits, bodies, strict=True)
            for line in body or ()
        }
        return tuple(
            target
            for target in self._plan.targets
            if not lines.isdisjoint(self._plan.coverage.get(target, lines))
        )

    def _body(self, edit: Edit) -> range | None:
        return function_lines(self._sources(edit.path).lines, edit.span.start, edit.span.end)


def partial_words(patch: Patch) -> str:
    """What a partial repair does, for people: `repairs 2 of 3 failing tests`."""
    assert patch.before is not None and patch.after is not None
    repaired = patch.before.failed - patch.after.failed
    return f"repairs {repaired} of {patch.before.failed} failing tests"
