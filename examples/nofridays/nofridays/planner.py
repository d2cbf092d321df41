"""The first slot in which a change may go out, with time left to take it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from nofridays.rules import Rules
from nofridays.spans import Span, round_up

QUARTER = timedelta(minutes=15)
HORIZON = timedelta(days=60)


class NoSlotError(Exception):
    """Nothing is free in the next two months. Perhaps the rules need a look."""


@dataclass(frozen=True)
class Change:
    """Something to ship. Taking it back is assumed to need half as long as shipping it."""

    title: str
    hours: float

    @property
    def needs(self) -> timedelta:
        return timedelta(hours=self.hours * 1.5)


def earliest_slot(change: Change, rules: Rules, after: datetime) -> Span:
    """The first slot at or after `after`, on the quarter of an hour. Raises NoSlotError."""
    start = round_up(after, QUARTER)
    while start < after + HORIZON:
        slot = Span(start, start + change.needs)
        blocked = rules.blocking(slot)
        if blocked is None:
            return slot
        _, until = blocked
        start = round_up(until, QUARTER)
    raise NoSlotError(f"no slot for {change.title!r} within {HORIZON.days} days")
