"""The two controls: what a judge has to refuse, and what it has to accept."""

from __future__ import annotations

from collections.abc import Collection

from repair_eval.reference import fix_diff
from repair_eval.sources.base import Answer, Answers, Problem
from repairlsp.types import CancelToken


class NoOpSource:
    """The empty patch."""

    def answer(self, problem: Problem, cancel: CancelToken) -> Answers:
        """Change nothing."""
        return Answers((Answer("", "noop"),))

    def processes(self) -> Collection[int]:
        """None."""
        return ()

    def close(self) -> None:
        """Nothing to end."""


class GoldSource(NoOpSource):
    """The reference fix."""

    def answer(self, problem: Problem, cancel: CancelToken) -> Answers:
        """Give away the solution."""
        return Answers((Answer(fix_diff(problem.defect.content.changed()), "gold"),))
