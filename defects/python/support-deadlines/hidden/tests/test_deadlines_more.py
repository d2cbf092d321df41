from datetime import date, datetime, timedelta

import pytest
from deadlines import Desk, Request, overdue

DESK = Desk()


@pytest.mark.parametrize(
    ("received", "hours", "due"),
    [
        ("2024-06-03T09:00", 8, "2024-06-03T17:00"),
        ("2024-06-03T09:00", 16, "2024-06-04T17:00"),
        ("2024-06-03T09:00", 40, "2024-06-07T17:00"),
        ("2024-06-03T09:00", 41, "2024-06-10T10:00"),
        ("2024-06-03T16:59", 8.5, "2024-06-05T09:29"),
        ("2024-06-07T16:00", 9, "2024-06-10T17:00"),
        ("2024-06-07T16:00", 10, "2024-06-11T10:00"),
        ("2024-06-08T03:00", 20, "2024-06-12T13:00"),
        ("2024-06-03T23:00", 8, "2024-06-04T17:00"),
        ("2024-06-03T05:00", 2, "2024-06-03T11:00"),
        ("2024-06-03T17:00", 0, "2024-06-04T09:00"),
    ],
)
def test_deadlines(received, hours, due):
    found = DESK.deadline(datetime.fromisoformat(received), timedelta(hours=hours))
    assert found == datetime.fromisoformat(due)


def test_every_deadline_is_in_the_hours_of_the_desk():
    received = datetime(2024, 6, 6, 15, 20)
    for minutes in range(0, 6000, 45):
        due = DESK.deadline(received, timedelta(minutes=minutes))
        assert due.weekday() < 5
        assert DESK.opens <= due.time() <= DESK.closes


def test_one_after_the_other_is_as_long_as_both():
    received = datetime(2024, 6, 6, 15, 20)
    first = DESK.deadline(received, timedelta(hours=13))
    assert DESK.deadline(first, timedelta(hours=22)) == DESK.deadline(received, timedelta(hours=35))


def test_holidays_in_between():
    desk = Desk(holidays=[date(2024, 12, 25), date(2024, 12, 26), date(2025, 1, 1)])
    due = desk.deadline(datetime(2024, 12, 24, 9, 0), timedelta(hours=33))
    assert due == datetime(2025, 1, 2, 10, 0)


def test_the_longest_overdue_first():
    requests = [Request(str(day), datetime(2024, 6, day, 12, 0)) for day in (5, 3, 4, 10)]
    requests.append(Request("answered", datetime(2024, 6, 3, 9, 0), datetime(2024, 6, 5, 16, 0)))
    now = datetime(2024, 6, 11, 9, 0)
    late = overdue(requests, DESK, timedelta(hours=24), now)
    assert [request.subject for request in late] == ["3", "4", "5"]
