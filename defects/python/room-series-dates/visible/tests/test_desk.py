from datetime import date, datetime, timedelta

import pytest
from rooms import Booking, Desk, Occupied, Recurrence

HOUR = timedelta(hours=1)


def booking(day, room="Elm", title="Board"):
    return Booking(room, datetime.fromisoformat(day), HOUR, title)


def days(bookings):
    return [f"{one.start:%m-%d}" for one in bookings]


def test_weekly():
    made = Desk().book(booking("2024-05-06 09:00"), Recurrence("week", 3))
    assert days(made) == ["05-06", "05-13", "05-20"]


def test_end_of_the_month():
    made = Desk().book(booking("2024-01-31 16:00"), Recurrence("month", 4))
    assert days(made) == ["01-31", "02-29", "03-31", "04-30"]


def test_a_series_is_booked_as_a_whole():
    desk = Desk()
    desk.book(booking("2024-05-13 09:30", title="Yoga"))
    with pytest.raises(Occupied, match="Elm is taken from 2024-05-13 09:30 by Yoga"):
        desk.book(booking("2024-05-06 09:00"), Recurrence("week", 3))
    assert desk.day("Elm", date(2024, 5, 6)) == []


def test_one_after_the_other():
    desk = Desk()
    desk.book(booking("2024-05-06 10:00"))
    desk.book(booking("2024-05-06 09:00"))
    assert [one.start.hour for one in desk.day("Elm", date(2024, 5, 6))] == [9, 10]
