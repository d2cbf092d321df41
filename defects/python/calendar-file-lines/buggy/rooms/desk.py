"""Takes bookings."""

from dataclasses import replace

from rooms import ics
from rooms.booking import Occupied


class Desk:
    """All bookings of a house."""

    def __init__(self):
        self._bookings = []

    def book(self, booking, recurrence=None):
        """Book a room, once or again and again; the bookings that were made.

        Where the room is taken on one of the dates, nothing is booked: Occupied.
        """
        if recurrence is None:
            wanted = [booking]
        else:
            dates = recurrence.dates(booking.start)
            wanted = [replace(booking, start=start) for start in dates]
        for one in wanted:
            for other in self._bookings:
                if one.clashes_with(other):
                    raise Occupied(other)
        self._bookings += wanted
        return wanted

    def cancel(self, booking):
        """Cancel one booking. ValueError where there is no such booking."""
        self._bookings.remove(booking)

    def day(self, room, date):
        """The bookings of a room that begin on a day, in order."""
        found = [one for one in self._bookings if one.room == room and one.start.date() == date]
        return sorted(found, key=lambda one: one.start)

    def calendar(self, room, stamp):
        """The calendar file of a room."""
        found = [one for one in self._bookings if one.room == room]
        return ics.export(sorted(found, key=lambda one: one.start), stamp)
