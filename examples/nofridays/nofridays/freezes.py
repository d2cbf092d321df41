"""Freezes: spans that come back, in which nothing goes to production."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol

from nofridays.spans import Span


class Freeze(Protocol):
    reason: str

    def next_span(self, moment: datetime) -> Span:
        """The span that holds `moment`, or else the first one after it."""
        ...


@dataclass(frozen=True)
class WeeklyFreeze:
    """Frozen from `weekday` (Monday is 0) at `begins`, for `lasts`; at most six days."""

    reason: str
    weekday: int
    begins: time
    lasts: timedelta

    def next_span(self, moment: datetime) -> Span:
        this_week = moment - self.lasts
        opening = datetime.combine(self._day_on_or_after(this_week.date()), self.begins)
        if opening + self.lasts <= moment:
            opening += timedelta(weeks=1)
        return Span(opening, opening + self.lasts)

    def _day_on_or_after(self, day: date) -> date:
        wait = (self.weekday - day.weekday()) % 7
        return day + timedelta(days=wait)


@dataclass(frozen=True)
class MonthlyFreeze:
    """The last `days` days of each month: accounting closes the books."""

    reason: str
    days: int

    def next_span(self, moment: datetime) -> Span:
        last = calendar.monthrange(moment.year, moment.month)[1]
        end = datetime(moment.year, moment.month, last) + timedelta(days=1)
        return Span(end - timedelta(days=self.days), end)


@dataclass(frozen=True)
class YearlyFreeze:
    """From one (month, day) through another, which may lie in the next year."""

    reason: str
    first: tuple[int, int]
    last: tuple[int, int]

    def next_span(self, moment: datetime) -> Span:
        for year in range(moment.year, moment.year + 2):
            span = self._span(year)
            if moment < span.end:
                return span
        raise AssertionError("a yearly freeze comes back within two years")

    def _span(self, year: int) -> Span:
        end_year = year if self.first <= self.last else year + 1
        end = datetime(end_year, *self.last) + timedelta(days=1)
        return Span(datetime(year, *self.first), end)
