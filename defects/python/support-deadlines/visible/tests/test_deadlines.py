from datetime import date, datetime, timedelta

from deadlines import Desk, Request, overdue

DESK = Desk()


def test_on_the_same_day():
    due = DESK.deadline(datetime(2024, 6, 3, 10, 15), timedelta(hours=4))
    assert due == datetime(2024, 6, 3, 14, 15)


def test_over_the_weekend():
    due = DESK.deadline(datetime(2024, 6, 7, 16, 0), timedelta(hours=4))
    assert due == datetime(2024, 6, 10, 12, 0)


def test_three_working_days():
    due = DESK.deadline(datetime(2024, 6, 3, 12, 0), timedelta(hours=24))
    assert due == datetime(2024, 6, 6, 12, 0)


def test_holidays():
    desk = Desk(holidays={date(2024, 12, 25), date(2024, 12, 26)})
    assert desk.next_open(datetime(2024, 12, 24, 18, 0)) == datetime(2024, 12, 27, 9, 0)


def test_overdue():
    old = Request("Login", datetime(2024, 6, 3, 9, 0))
    new = Request("Invoice", datetime(2024, 6, 3, 16, 30))
    assert overdue([new, old], DESK, timedelta(hours=2), datetime(2024, 6, 3, 16, 45)) == [old]
