"""Alarms about numbers that are too high for too long."""

from __future__ import annotations

from enum import Enum

from probe.metrics import Metric


class State(Enum):
    QUIET = "quiet"
    PENDING = "pending"
    FIRING = "firing"


class Alert:
    """Fires when the sum of a metric's numbers is above `limit` for `hold` seconds on end.

    Before that it is pending; it is quiet as soon as the sum is not above the limit.
    """

    def __init__(self, metric: Metric, limit: float, hold: float = 0.0) -> None:
        self._metric = metric
        self._limit = limit
        self._hold = hold
        self._since: float | None = None
        self.state = State.QUIET

    def check(self, now: float) -> State:
        """Look at the metric. `now` is in seconds and never smaller than the last time."""
        if self._metric.total() <= self._limit:
            self._since = None
            self.state = State.QUIET
            return self.state
        if self._since is None:
            self._since = now
        self.state = State.FIRING if now - self._since >= self._hold else State.PENDING
        return self.state
