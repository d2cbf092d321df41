"""Who carries the pager."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from nofridays.spans import Span

WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class Rota:
    """People take turns, a week each, from the first handover on. Absences leave a gap."""

    people: tuple[str, ...]
    first_handover: datetime
    absences: dict[str, tuple[Span, ...]] = field(default_factory=dict)

    def on_call(self, moment: datetime) -> str | None:
        """Who answers at `moment`; None when nobody does."""
        if moment < self.first_handover:
            return None
        turn = (moment - self.first_handover) // WEEK
        person = self.people[turn % len(self.people)]
        away = any(moment in span for span in self.absences.get(person, ()))
        return None if away else person

    def covered(self, span: Span, step: timedelta = timedelta(minutes=15)) -> bool:
        """Does somebody answer throughout `span`?"""
        moment = span.start
        while moment < span.end:
            if self.on_call(moment) is None:
                return False
            moment += step
        return True
