"""Statistics of measurements that are spread over several machines.

Each machine sums up its own; the summaries are small, and merging them is as good as having all
values in one place.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce


@dataclass(frozen=True)
class Summary:
    """Number, mean and sum of squared deviations from the mean, of some values."""

    count: int = 0
    mean: float = 0.0
    squares: float = 0.0
    lowest: float = math.inf
    highest: float = -math.inf

    @classmethod
    def of(cls, values: Iterable[float]) -> Summary:
        values = list(values)
        if not values:
            return cls()
        mean = math.fsum(values) / len(values)
        squares = math.fsum((value - mean) ** 2 for value in values)
        return cls(len(values), mean, squares, min(values), max(values))

    def __or__(self, other: Summary) -> Summary:
        """The summary of the values of both."""
        if not self.count or not other.count:
            return self if self.count else other
        count = self.count + other.count
        gap = other.mean - self.mean
        mean = self.mean + gap * other.count / count
        squares = self.squares + other.squares + gap**2 * self.count * other.count / count
        lowest = min(self.lowest, other.lowest)
        return Summary(count, mean, squares, lowest, max(self.highest, other.highest))

    @property
    def deviation(self) -> float:
        """The standard deviation of the values, which are all there are and not a sample."""
        if not self.count:
            raise ValueError("no values")
        return math.sqrt(self.squares / self.count)

    def __str__(self) -> str:
        if not self.count:
            return "no values"
        spread = f"{self.mean:.2f} ± {self.deviation:.2f}"
        return f"{spread} ({self.count}, {self.lowest:g} to {self.highest:g})"


def merged(summaries: Iterable[Summary]) -> Summary:
    """One summary of all."""
    return reduce(Summary.__or__, summaries, Summary())
