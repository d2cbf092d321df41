"""What was worked on, and when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta


@dataclass(frozen=True)
class Entry:
    """Work on a project from `start` to `end`, in local time."""

    project: str
    start: datetime
    end: datetime
    note: str = ""

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise ValueError(f"ends before it starts: {self.start} to {self.end}")

    @property
    def length(self) -> timedelta:
        return self.end - self.start

    def days(self) -> Iterator[tuple[date, timedelta]]:
        """Yield the days on which work was done, with how long: a night shift has two."""
        start = self.start
        while start < self.end:
            midnight = datetime.combine(start.date() + timedelta(days=1), time())
            end = min(self.end, midnight)
            yield start.date(), end - start
            start = end
