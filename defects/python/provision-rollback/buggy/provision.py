"""Sets up an environment in steps, and takes back what was done when one of them fails."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Protocol

log = logging.getLogger(__name__)


class Step(Protocol):
    """Something that can be done and undone, such as a database or a DNS entry."""

    name: str

    def apply(self, context: dict) -> None: ...

    def undo(self, context: dict) -> None: ...


class SetupFailed(Exception):
    """A step failed. `left` names the steps that could not be undone, in the order in which that
    was tried; what they made has to be removed by hand.
    """

    def __init__(self, step: str, left: Sequence[str]) -> None:
        super().__init__(f"{step} failed" + (f"; left behind: {', '.join(left)}" if left else ""))
        self.step = step
        self.left = list(left)


class Setup:
    """Steps that depend on those before them."""

    def __init__(self, steps: Sequence[Step], progress: Callable[[str], object] = log.info) -> None:
        self.steps = list(steps)
        self._progress = progress

    def run(self, context: dict) -> None:
        """Apply all steps in their order.

        When one fails, those before it are undone, the latest first. All of them are: one that
        cannot be undone is no reason to keep the others. SetupFailed tells which are left, with
        the step's own error as its cause.
        """
        done: list[Step] = []
        for step in self.steps:
            self._progress(f"{step.name} ...")
            try:
                step.apply(context)
            except Exception as error:
                left = self._take_back(done, context)
                raise SetupFailed(step.name, left) from error
            done.append(step)

    def _take_back(self, done: list[Step], context: dict) -> list[str]:
        """Undo the steps, and return the names of those that cannot be undone."""
        left = []
        try:
            for step in reversed(done):
                self._progress(f"undoing {step.name} ...")
                step.undo(context)
        except Exception:
            log.exception("cannot undo %s", step.name)
            left.append(step.name)
        return left
