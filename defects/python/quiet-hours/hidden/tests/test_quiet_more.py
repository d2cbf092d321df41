from datetime import datetime

import pytest
from quiet import QuietHours

NIGHT = QuietHours.parse("21:00-06:00")


@pytest.mark.parametrize(
    ("hour", "minute", "quiet"),
    [
        (20, 59, False),
        (21, 0, True),
        (23, 59, True),
        (0, 0, True),
        (5, 59, True),
        (6, 0, False),
        (12, 0, False),
    ],
)
def test_a_night(hour, minute, quiet):
    assert NIGHT.covers(datetime(2024, 12, 31, hour, minute)) is quiet


def test_early_in_the_morning_it_ends_the_same_day():
    assert NIGHT.delivery(datetime(2024, 12, 31, 2, 0)) == datetime(2024, 12, 31, 6, 0)
    assert NIGHT.delivery(datetime(2024, 12, 31, 22, 0)) == datetime(2025, 1, 1, 6, 0)


def test_in_the_day_at_once():
    noon = datetime(2024, 12, 31, 12, 0)
    assert NIGHT.delivery(noon) == noon


def test_weekend_nights():
    hours = QuietHours.parse("22:00-08:00 weekend")
    assert not hours.covers(datetime(2024, 3, 1, 23, 0))  # a Friday
    assert hours.covers(datetime(2024, 3, 2, 7, 0))
    assert hours.covers(datetime(2024, 3, 3, 23, 0))
    assert not hours.covers(datetime(2024, 3, 4, 7, 0))
    assert hours.delivery(datetime(2024, 3, 3, 23, 0)) == datetime(2024, 3, 4, 0, 0)


def test_until_midnight():
    hours = QuietHours.parse("20:00-00:00")
    assert hours.covers(datetime(2024, 3, 1, 23, 59))
    assert not hours.covers(datetime(2024, 3, 1, 0, 0))
    assert hours.delivery(datetime(2024, 3, 1, 21, 0)) == datetime(2024, 3, 2)


def test_empty():
    hours = QuietHours.parse("09:00-09:00")
    assert not any(hours.covers(datetime(2024, 3, 1, hour)) for hour in range(24))
