"""What all candidates of one repair are held to."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from repairlsp.sandbox import Sandbox
from repairlsp.types import Coverage, CoveredLine, TestRun
from repairlsp.validate.command import TestCommand
from repairlsp.validate.limits import TimeLimits
from repairlsp.validate.reach import tests_that_enter
from repairlsp.validate.witness import Witness

_WORTH_A_CHILD = 0.05
"""Seconds of tests that it is worth to fork a child for in order to avoid them."""

_LONGEST_CHILD = 2.0
"""Seconds of tests besides the targets that are run before a process of its own runs them all."""


@dataclass(frozen=True, slots=True)
class ValidationPlan:
    """`targets` are the failing tests to repair; `baseline` is the run of the whole command before
    any patch, `coverage` what its tests executed and `at_import` what ran outside of them, both
    empty where it was not measured. `witness` is what was seen of that run: what the project itself
    replaces in the test runner, and which of its lines do what else only those do that are after
    it."""

    command: TestCommand
    sandbox: Sandbox
    baseline: TestRun
    targets: tuple[str, ...]
    limits: TimeLimits
    memory_bytes: int
    coverage: Coverage = field(default_factory=lambda: MappingProxyType({}))
    at_import: frozenset[CoveredLine] = frozenset()
    witness: Witness = field(default_factory=Witness)

    @property
    def test_seconds(self) -> float:
        """The time that the tests themselves took, all of them together."""
        return sum(case.seconds for case in self.baseline.cases)

    @property
    def is_quick(self) -> bool:
        """Whether a run spends most of its time on what a fork server has done beforehand."""
        return self.test_seconds < self.baseline.seconds / 2

    @property
    def quickest_target(self) -> str | None:
        """The target to try first, alone, where the others take much longer."""
        seconds = {case.id: case.seconds for case in self.baseline.failing}
        if any("::" not in target for target in self.targets) or len(self.targets) < 2:
            return None
        quickest = min(self.targets, key=lambda target: seconds.get(target, 0.0))
        rest = sum(seconds.get(target, 0.0) for target in self.targets if target != quickest)
        return quickest if rest > _WORTH_A_CHILD else None

    def baseline_of(self, tests: Collection[str] | None) -> TestRun:
        """What a run of these tests alone, all of them for None, is compared with."""
        if tests is None:
            return self.baseline
        cases = tuple(case for case in self.baseline.cases if case.id in tests)
        return replace(self.baseline, cases=cases)

    def others_reached(self, lines: frozenset[CoveredLine] | None) -> tuple[str, ...] | None:
        """The tests to run in a forked child once the targets pass, with the targets: all of them,
        which is None, where that is quick; else those that execute one of these lines, the
        quickest of them where there are many; none where the lines are not known."""
        if self.is_quick:
            return None
        if lines is None:
            return ()
        entering = set(tests_that_enter(self.coverage, lines))
        spent, chosen = 0.0, []
        for case in sorted(self.baseline.passing, key=lambda case: case.seconds):
            spent += case.seconds
            if case.id in entering and spent < _LONGEST_CHILD:
                chosen.append(case.id)
        return (*self.targets, *sorted(chosen)) if chosen else ()

    @property
    def tolerated(self) -> set[str]:
        """The tests that may go on failing."""
        return {case.id for case in self.baseline.failing} - set(self.targets)
