"""What all candidates of one repair are held to."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType

from repairlsp.sandbox import Sandbox
from repairlsp.types import Coverage, CoveredLine, TestRun
from repairlsp.validate.command import TestCommand
from repairlsp.validate.limits import TimeLimits

_WORTH_A_CHILD = 0.05
"""Seconds of tests that it is worth to fork a child for in order to avoid them."""


@dataclass(frozen=True, slots=True)
class ValidationPlan:
    """`targets` are the failing tests to repair; `baseline` is the run of the whole command before
    any patch, `coverage` what its tests executed and `at_import` what ran outside of them, both
    empty where it was not measured."""

    command: TestCommand
    sandbox: Sandbox
    baseline: TestRun
    targets: tuple[str, ...]
    limits: TimeLimits
    memory_bytes: int
    coverage: Coverage = field(default_factory=lambda: MappingProxyType({}))
    at_import: frozenset[CoveredLine] = frozenset()

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

    @property
    def tolerated(self) -> set[str]:
        """The tests that may go on failing."""
        return {case.id for case in self.baseline.failing} - set(self.targets)
