"""Shares and their intervals."""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple

_Z = 1.959963984540054
"""The normal distribution's 97.5 % quantile, for intervals of 95 %."""


class Interval(NamedTuple):
    low: float
    high: float


def wilson(successes: float, trials: int) -> Interval:
    """The 95 % score interval of a proportion (Wilson, JASA 22, 1927), which holds for few trials
    and for proportions near 0 and 1 too. (0, 1) where there are no trials."""
    if trials == 0:
        return Interval(0.0, 1.0)
    share, square = successes / trials, _Z * _Z / trials
    centre = share + square / 2
    spread = _Z * sqrt(share * (1 - share) / trials + square / (4 * trials))
    low, high = (centre - spread) / (1 + square), (centre + spread) / (1 + square)
    return Interval(max(0.0, low), min(1.0, high))


class Share(NamedTuple):
    """`hits` of `trials`, and the 95 % interval of their ratio."""

    hits: int
    trials: int
    interval: Interval

    @classmethod
    def of(cls, hits: int, trials: int, clusters: int | None = None) -> Share:
        """`clusters` is how many of the trials are independent of each other, where that is fewer:
        ten attempts at one defect tell less than one attempt at each of ten. The interval is then
        that of `clusters` trials, which is on the safe side."""
        if not trials:
            return cls(hits, trials, wilson(0, 0))
        independent = trials if clusters is None else clusters
        return cls(hits, trials, wilson(hits / trials * independent, independent))

    @property
    def value(self) -> float | None:
        """None where nothing was tried."""
        return self.hits / self.trials if self.trials else None
