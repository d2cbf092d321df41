import pytest
from durations import parse_duration


def test_plain_seconds():
    assert parse_duration("90") == 90


def test_one_unit():
    assert parse_duration("15m") == 900


def test_hours_and_minutes():
    assert parse_duration("1h30m") == 5400


def test_nonsense_is_refused():
    with pytest.raises(ValueError):
        parse_duration("soon")
