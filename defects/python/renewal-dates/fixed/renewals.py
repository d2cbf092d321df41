"""When subscriptions are renewed."""

from __future__ import annotations

import calendar
import copy
from datetime import date


def add_months(day: date, months: int) -> date:
    """The day so many months later, or the last day of that month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    length = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, length))


class Subscription:
    """A subscription of `months` months each, from its first day on.

    It is renewed on the day of the month on which it began. In months that are too short for that
    it is renewed on their last day.
    """

    def __init__(self, customer: str, start: date, months: int = 1) -> None:
        if months < 1:
            raise ValueError(f"a period has months, not {months}")
        self.customer = customer
        self.start = start
        self.months = months
        self.due = add_months(start, months)
        self.cancelled = False
        self._periods = 1

    def renew(self) -> date:
        """Go on for another period; returns when that one ends. ValueError where the customer has
        cancelled.
        """
        if self.cancelled:
            raise ValueError(f"{self.customer} has cancelled")
        self._periods += 1
        self.due = add_months(self.start, self._periods * self.months)
        return self.due

    def upcoming(self, count: int) -> list[date]:
        """The next dates, the one that is due first. None where it is cancelled."""
        if self.cancelled or count < 1:
            return []
        ahead = copy.copy(self)
        return [self.due] + [ahead.renew() for _ in range(count - 1)]


def renew_due(subscriptions: list[Subscription], today: date) -> list[Subscription]:
    """Renew what is due today or before, as often as that takes; returns what was renewed."""
    renewed = []
    for subscription in subscriptions:
        if subscription.cancelled or subscription.due > today:
            continue
        while subscription.due <= today:
            subscription.renew()
        renewed.append(subscription)
    return renewed
