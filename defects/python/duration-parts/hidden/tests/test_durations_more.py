import pytest
from durations import parse_duration


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("2d 12h", 216000),
        ("1m 1s", 61),
        (" 1H 1M 1S ", 3661),
        ("1d1h1m1s", 90061),
        ("5s 5s", 10),
        ("0h 7m", 420),
    ],
)
def test_parts_add_up(text, seconds):
    assert parse_duration(text) == seconds


@pytest.mark.parametrize("text", ["", "h", "1h x", "1h30", "-5m"])
def test_what_is_not_a_duration(text):
    with pytest.raises(ValueError):
        parse_duration(text)
