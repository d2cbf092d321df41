"""Axes: from values to places on paper, and where the ticks are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

_MOST_TICKS = 8


@dataclass(frozen=True)
class Scale:
    """Maps [low, high] to [start, end], by logarithms where `log`."""

    low: float
    high: float
    start: float
    end: float
    log: bool = False

    def at(self, value: float) -> float:
        """The place of a value, rounded to a tenth: a page of plots has thousands of numbers."""
        low, high, value = (
            (log10(self.low), log10(self.high), log10(value))
            if self.log
            else (self.low, self.high, value)
        )
        return round(self.start + (value - low) / (high - low) * (self.end - self.start), 1)

    def ticks(self) -> list[float]:
        """Round values, five or so; of a logarithmic scale 1, 2, 5, or the powers of ten alone."""
        if not self.log:
            step = _round_step((self.high - self.low) / 5)
            first = ceil(self.low / step - 1e-9)
            last = floor(self.high / step + 1e-9)
            return [round(index * step, 10) for index in range(first, last + 1)]
        decades = range(floor(log10(self.low)), ceil(log10(self.high)) + 1)
        found = [step * 10.0**power for power in decades for step in (1, 2, 5)]
        inside = [value for value in found if self.low <= value <= self.high]
        if len(inside) <= _MOST_TICKS:
            return inside
        return [value for value in inside if round(log10(value), 9).is_integer()]


def amounts(values: Sequence[float], start: float, end: float) -> Scale:
    """For amounts that are above 0 or 0, with room at both ends; logarithmic where the largest is
    more than ten times the smallest, and none is 0. From 0, unless all would be drawn in the last
    third: then nobody could tell them apart."""
    low, high = min(values), max(values)
    if high > low > high * 2 / 3:
        room = (high - low) / 4
        return Scale(low - room, high + room, start, end)
    if low > 0 and high / low > 10:
        return Scale(low / 1.5, high * 1.5, start, end, log=True)
    return Scale(0.0, high * 1.12 or 1.0, start, end)


def _round_step(rough: float) -> float:
    """1, 2 or 5 times a power of ten, at least as large."""
    power = 10.0 ** floor(log10(rough))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= rough * 0.999999)
