"""What this house has agreed on, usually after an incident."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from nofridays.freezes import Freeze, WeeklyFreeze, YearlyFreeze
from nofridays.oncall import Rota
from nofridays.spans import Span


@dataclass(frozen=True)
class Rules:
    freezes: Sequence[Freeze]
    rota: Rota

    def blocking(self, slot: Span) -> tuple[str, datetime] | None:
        """Why `slot` is not allowed and when that reason is over; None when it is allowed."""
        for freeze in self.freezes:
            span = freeze.next_span(slot.start)
            if span.overlaps(slot):
                return freeze.reason, span.end
        if not self.rota.covered(slot):
            return "nobody is on call", slot.start + timedelta(hours=1)
        return None


def house_rules(people: Sequence[str] = ("Ada", "Grace", "Barbara")) -> Rules:
    weekend = timedelta(days=2, hours=18)
    freezes = (
        WeeklyFreeze("it is (nearly) the weekend", weekday=4, begins=time(14), lasts=weekend),
        YearlyFreeze("the last person to change this is skiing", first=(12, 24), last=(1, 1)),
    )
    return Rules(freezes, Rota(tuple(people), first_handover=datetime(2024, 1, 1, 10)))
