"""How far a run is: a bar with the time left on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import time
from typing import Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from repair_eval.run.conduct import State

_EVERY_SECONDS = 60.0
_SPEED_SECONDS = 1_800.0
"""The time left is guessed from the last half hour: configurations differ by a factor of 1,000."""


class Bar:
    """Watches a run, on standard error."""

    def __init__(self) -> None:
        self._console = Console(stderr=True)
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("left"),
            TimeRemainingColumn(),
            console=self._console,
            speed_estimate_period=_SPEED_SECONDS,
        )
        self._task = self._progress.add_task("attempts", total=None)
        self._told = time.monotonic()

    def __enter__(self) -> Self:
        if self._console.is_terminal:
            self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._console.is_terminal:
            self._progress.stop()

    def show(self, state: State) -> None:
        """Take in how far the run is."""
        broken = f", {state.failures} breakdowns" if state.failures else ""
        words = f"attempts{broken}" if state.attempts < state.total else f"judging{broken}"
        self._progress.update(
            self._task, completed=state.attempts, total=state.total, description=words
        )
        now = time.monotonic()
        if not self._console.is_terminal and now - self._told > _EVERY_SECONDS:
            self._told = now
            left = self._progress.tasks[0].time_remaining
            guess = f", about {left:.0f} s left" if left else ""
            self._console.print(f"{state.attempts}/{state.total} {words}{guess}")
