"""Where the time goes, and when it is up."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from repairlsp.types import CancelToken, Stage


class Stopwatch:
    """Wall time in seconds since it was made, and per stage."""

    def __init__(self) -> None:
        self._started = time.monotonic()
        self.stages: dict[Stage, float] = {}

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._started

    @contextmanager
    def stage(self, stage: Stage) -> Iterator[None]:
        """Count the block's time to `stage`."""
        began = self.seconds
        try:
            yield
        finally:
            self.stages[stage] = self.stages.get(stage, 0.0) + self.seconds - began


class Deadline:
    """A cancel token that is also set when a stopwatch shows `seconds`."""

    def __init__(self, watch: Stopwatch, seconds: float, cancel: CancelToken) -> None:
        self._watch, self._seconds, self._cancel = watch, seconds, cancel

    @property
    def left(self) -> float:
        """Seconds left, never negative."""
        return max(0.0, self._seconds - self._watch.seconds)

    def is_set(self) -> bool:
        return self._cancel.is_set() or self.left == 0
