"""A room that somebody has for a while."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Booking:
    """From `start` for `length`, in the local time of the house."""

    room: str
    start: datetime
    length: timedelta
    title: str

    @property
    def end(self):
        return self.start + self.length

    def clashes_with(self, other):
        """Whether both have the same room at some time. One may begin when the other ends."""
        return self.room == other.room and self.start < other.end and other.start < self.end


class Occupied(Exception):
    """A room is taken. `by` is the booking that has it."""

    def __init__(self, by):
        super().__init__(f"{by.room} is taken from {by.start:%Y-%m-%d %H:%M} by {by.title}")
        self.by = by
