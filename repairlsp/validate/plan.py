"""What all candidates of one repair are held to."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType

from repairlsp.sandbox import Sandbox
from repairlsp.types import Coverage, CoveredLine, TestRun
from repairlsp.validate.command import TestCommand
from repairlsp.validate.limits import TimeLimits


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
    def tolerated(self) -> set[str]:
        """The tests that may go on failing."""
        return {case.id for case in self.baseline.failing} - set(self.targets)
