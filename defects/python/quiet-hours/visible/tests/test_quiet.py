from datetime import datetime, time

import pytest
from quiet import QuietHours

NIGHT = QuietHours.parse("22:00-07:30")
LUNCH = QuietHours.parse("12:00-13:00")


def test_parse():
    assert NIGHT == QuietHours(time(22), time(7, 30))
    with pytest.raises(ValueError):
        QuietHours.parse("22:00")


def test_lunch():
    assert LUNCH.covers(datetime(2024, 3, 4, 12, 30))
    assert not LUNCH.covers(datetime(2024, 3, 4, 13, 0))


def test_after_lunch():
    assert LUNCH.delivery(datetime(2024, 3, 4, 12, 30)) == datetime(2024, 3, 4, 13, 0)


def test_what_is_ready_in_the_evening_waits_for_the_morning():
    assert NIGHT.delivery(datetime(2024, 3, 4, 23, 15)) == datetime(2024, 3, 5, 7, 30)
