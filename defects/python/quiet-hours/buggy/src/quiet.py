"""Hours in which people are not to be disturbed."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Self


@dataclass(frozen=True)
class QuietHours:
    """A daily period, from `start` up to but not including `end`, in local time.

    It may begin in the evening and end in the morning. One that ends when it starts is empty.
    """

    start: time
    end: time
    weekend_only: bool = False

    @classmethod
    def parse(cls, text: str) -> Self:
        """From `22:00-07:30`, or `22:00-07:30 weekend`. ValueError for anything else."""
        period, _, days = text.partition(" ")
        if days not in ("", "weekend"):
            raise ValueError(f"not days: {days!r}")
        start, dash, end = period.partition("-")
        if not dash:
            raise ValueError(f"not a period: {period!r}")
        return cls(time.fromisoformat(start), time.fromisoformat(end), bool(days))

    def covers(self, moment: datetime) -> bool:
        """Whether it is quiet at the moment. What counts for the weekend is the moment's day."""
        if self.weekend_only and moment.weekday() < 5:
            return False
        return self.start <= moment.time() < self.end

    def delivery(self, moment: datetime) -> datetime:
        """When to send what is ready at the moment: at once, or when it is no longer quiet."""
        while self.covers(moment):
            end = datetime.combine(moment.date(), self.end)
            midnight = datetime.combine(moment.date() + timedelta(days=1), time())
            moment = end if end > moment else midnight
        return moment
