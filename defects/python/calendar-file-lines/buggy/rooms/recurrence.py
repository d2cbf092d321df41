"""Bookings that come again."""

import calendar
from dataclasses import dataclass
from datetime import timedelta

UNITS = ("day", "week", "month", "year")


@dataclass(frozen=True)
class Recurrence:
    """`count` times, one every `interval` units, the first of them included.

    Months and years keep the day of the first date; in a month that is too short for it, it is
    the month's last day.
    """

    unit: str
    count: int
    interval: int = 1

    def __post_init__(self):
        if self.unit not in UNITS:
            raise ValueError(f"not a unit: {self.unit!r}")
        if self.count < 1 or self.interval < 1:
            raise ValueError("count and interval are at least 1")

    def dates(self, first):
        """Yield the dates, or dates with times, beginning with `first`."""
        for number in range(self.count):
            yield _after(first, self.unit, number * self.interval)


def _after(start, unit, number):
    """`number` units after `start`."""
    if unit == "day":
        return start + timedelta(days=number)
    if unit == "week":
        return start + timedelta(weeks=number)
    months = start.month - 1 + number * (12 if unit == "year" else 1)
    year, month = start.year + months // 12, months % 12 + 1
    _, last = calendar.monthrange(year, month)
    return start.replace(year=year, month=month, day=min(start.day, last))
