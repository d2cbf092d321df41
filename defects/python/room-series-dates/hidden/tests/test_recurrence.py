from datetime import date, datetime

import pytest
from rooms import Recurrence


def dates(first, *arguments):
    return [str(one) for one in Recurrence(*arguments).dates(date.fromisoformat(first))]


def test_all_lengths_of_months():
    assert dates("2023-08-31", "month", 9) == [
        "2023-08-31",
        "2023-09-30",
        "2023-10-31",
        "2023-11-30",
        "2023-12-31",
        "2024-01-31",
        "2024-02-29",
        "2024-03-31",
        "2024-04-30",
    ]


@pytest.mark.parametrize("day", [28, 29, 30, 31])
def test_days_after_february(day):
    assert dates(f"2023-01-{day}", "month", 3) == [
        f"2023-01-{day}",
        "2023-02-28",
        f"2023-03-{day}",
    ]


def test_leap_days():
    assert dates("2024-02-29", "year", 5) == [
        "2024-02-29",
        "2025-02-28",
        "2026-02-28",
        "2027-02-28",
        "2028-02-29",
    ]


@pytest.mark.parametrize(
    ("first", "arguments", "expected"),
    [
        ("2024-11-30", ("month", 3, 3), ["2024-11-30", "2025-02-28", "2025-05-30"]),
        ("2024-10-31", ("month", 3, 4), ["2024-10-31", "2025-02-28", "2025-06-30"]),
        ("2024-01-31", ("month", 3, 13), ["2024-01-31", "2025-02-28", "2026-03-31"]),
        ("2024-02-29", ("year", 3, 2), ["2024-02-29", "2026-02-28", "2028-02-29"]),
        ("2024-12-30", ("day", 3, 2), ["2024-12-30", "2025-01-01", "2025-01-03"]),
        ("2024-12-23", ("week", 2, 2), ["2024-12-23", "2025-01-06"]),
        ("2024-01-31", ("month", 1), ["2024-01-31"]),
        ("2024-04-30", ("month", 2), ["2024-04-30", "2024-05-30"]),
    ],
)
def test_intervals(first, arguments, expected):
    assert dates(first, *arguments) == expected


def test_times_stay():
    found = list(Recurrence("month", 3).dates(datetime(2024, 1, 31, 16, 45)))
    assert found[1:] == [datetime(2024, 2, 29, 16, 45), datetime(2024, 3, 31, 16, 45)]


@pytest.mark.parametrize("arguments", [("hour", 1), ("day", 0), ("day", 1, 0)])
def test_nonsense(arguments):
    with pytest.raises(ValueError):
        Recurrence(*arguments)
