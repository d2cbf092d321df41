"""Invitations to meetings of people in several time zones."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

_OFFSET = re.compile(r"UTC(?:([+-])(\d{1,2})(?::?([0-5]\d))?)?")


def zone(text):
    """A time zone from its offset: `UTC`, `UTC+2`, `UTC-03:30`. ValueError for anything else."""
    match = _OFFSET.fullmatch(text)
    if match is None:
        raise ValueError(f"not an offset: {text!r}")
    sign, hours, minutes = match.groups()
    offset = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    return timezone(-offset if sign == "-" else offset)


@dataclass(frozen=True)
class Meeting:
    """A meeting; `start` has a time zone, which is the organiser's."""

    title: str
    start: datetime
    minutes: int = 60

    def __post_init__(self):
        if self.start.tzinfo is None:
            raise ValueError(f"{self.title}: the start needs a time zone")

    @property
    def end(self):
        return self.start + timedelta(minutes=self.minutes)

    def overlaps(self, other):
        """Whether somebody invited to both would have to leave one early."""
        return self.start < other.end and other.start < self.end


def invitation(meeting, offset):
    """The meeting as somebody with that offset sees it: `Plan: Tue 05 Mar 14:00 to 15:00`."""
    start = meeting.start.replace(tzinfo=zone(offset))
    end = start + timedelta(minutes=meeting.minutes)
    text = f"{meeting.title}: {start:%a %d %b %H:%M} to "
    return text + (f"{end:%H:%M}" if end.date() == start.date() else f"{end:%a %d %b %H:%M}")


def invitations(meeting, people):
    """The invitations of people, given as {name: offset}."""
    return {name: invitation(meeting, offset) for name, offset in people.items()}
