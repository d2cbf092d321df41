"""Deadlines of a support desk, counted in the hours when somebody is there."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Desk:
    """A desk that is open from Monday to Friday, but not on holidays."""

    opens: time = time(9)
    closes: time = time(17)
    holidays: Collection[date] = ()

    def works_on(self, day: date) -> bool:
        return day.weekday() < 5 and day not in self.holidays

    def next_open(self, moment: datetime) -> datetime:
        """The moment, where the desk is open then, else the next opening."""
        if self.works_on(moment.date()) and moment.time() < self.closes:
            return max(moment, datetime.combine(moment.date(), self.opens))
        day = moment.date() + _DAY
        while not self.works_on(day):
            day += _DAY
        return datetime.combine(day, self.opens)

    def _closing(self, moment: datetime) -> datetime:
        """When the desk closes on that day."""
        return datetime.combine(moment.date(), self.closes)

    def deadline(self, received: datetime, within: timedelta) -> datetime:
        """When a request has been with the desk for so long, counting only the time when the desk
        is open. A deadline at the end of a day is not moved to the next.
        """
        start = self.next_open(received)
        while within > (today := self._closing(start) - start):
            within -= today
            start = self.next_open(start + today)
        return start + within


@dataclass
class Request:
    subject: str
    received: datetime
    answered: datetime | None = None


def overdue(requests, desk, within, now):
    """The requests that were not answered in time, the longest overdue first."""
    late = []
    for request in requests:
        deadline = desk.deadline(request.received, within)
        if (request.answered or now) > deadline:
            late.append((deadline, request))
    return [request for _, request in sorted(late, key=lambda pair: pair[0])]
