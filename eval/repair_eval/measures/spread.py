"""The middle and the end of some measured values."""

from __future__ import annotations

from collections.abc import Iterable
from statistics import median, quantiles
from typing import NamedTuple


class Spread(NamedTuple):
    """Of `number` values the median, the 90th percentile and the largest."""

    number: int
    median: float
    p90: float
    most: float

    @classmethod
    def of(cls, values: Iterable[float | None]) -> Spread | None:
        """None where no value is known. The percentile is interpolated between values (type 7 of
        Hyndman and Fan, The American Statistician 50, 1996)."""
        known = [float(value) for value in values if value is not None]
        if not known:
            return None
        p90 = quantiles(known, n=10, method="inclusive")[-1] if len(known) > 1 else known[0]
        return cls(len(known), float(median(known)), p90, max(known))
