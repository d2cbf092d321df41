"""The two statistics of the report, by their textbook formulas."""

from __future__ import annotations

from math import comb, sqrt
from typing import NamedTuple

_Z = 1.959963984540054
"""The normal distribution's 97.5 % quantile, for intervals of 95 %."""


class Interval(NamedTuple):
    low: float
    high: float


def wilson(successes: int, trials: int) -> Interval:
    """The 95 % score interval of a proportion (Wilson 1927), which holds for few trials and for
    proportions near 0 and 1 too. (0, 1) where there are no trials."""
    if trials == 0:
        return Interval(0.0, 1.0)
    share, square = successes / trials, _Z * _Z / trials
    centre = share + square / 2
    spread = _Z * sqrt(share * (1 - share) / trials + square / (4 * trials))
    low, high = (centre - spread) / (1 + square), (centre + spread) / (1 + square)
    return Interval(max(0.0, low), min(1.0, high))


def mcnemar(only_first: int, only_second: int) -> float:
    """The exact two-sided p-value of McNemar's test: under "both are as good" each bug that only
    one of the two repairs is a fair coin (binomial test on the discordant pairs). 1 where there
    are none."""
    pairs = only_first + only_second
    if pairs == 0:
        return 1.0
    tail = sum(comb(pairs, count) for count in range(min(only_first, only_second) + 1))
    return min(1.0, 2.0 * tail / float(2**pairs))
