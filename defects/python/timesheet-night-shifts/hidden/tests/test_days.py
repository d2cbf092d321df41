from datetime import date, datetime, timedelta

import pytest
from hours.entry import Entry
from hours.reader import read_sheet
from hours.report import totals


def days(start, end):
    entry = Entry("web", datetime.fromisoformat(start), datetime.fromisoformat(end))
    return [(str(day), length / timedelta(hours=1)) for day, length in entry.days()]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2024-05-06 09:00", "2024-05-06 10:30", [("2024-05-06", 1.5)]),
        ("2024-05-06 23:00", "2024-05-07 00:30", [("2024-05-06", 1), ("2024-05-07", 0.5)]),
        ("2024-05-06 20:00", "2024-05-07 00:00", [("2024-05-06", 4)]),
        ("2024-05-06 00:00", "2024-05-07 00:00", [("2024-05-06", 24)]),
        ("2024-05-06 00:00", "2024-05-06 00:15", [("2024-05-06", 0.25)]),
        (
            "2024-02-28 12:00",
            "2024-03-01 06:00",
            [("2024-02-28", 12), ("2024-02-29", 24), ("2024-03-01", 6)],
        ),
        ("2024-12-31 23:30", "2025-01-01 01:00", [("2024-12-31", 0.5), ("2025-01-01", 1)]),
    ],
)
def test_days(start, end, expected):
    assert days(start, end) == expected


@pytest.mark.parametrize("hours", range(1, 60, 7))
def test_nothing_is_lost(hours):
    start = datetime(2024, 5, 6, 17, 45)
    entry = Entry("web", start, start + timedelta(hours=hours))
    assert sum((length for _, length in entry.days()), timedelta()) == entry.length


def test_a_night_between_two_weeks_and_months():
    entries = list(read_sheet(["2024-06-30 22:00-03:00 support"]))
    two, three = timedelta(hours=2), timedelta(hours=3)
    assert totals(entries, "day") == {
        "2024-06-30": {"support": two},
        "2024-07-01": {"support": three},
    }
    assert totals(entries, "week") == {
        "2024-W26": {"support": two},
        "2024-W27": {"support": three},
    }
    assert totals(entries, "month") == {
        "2024-06": {"support": two},
        "2024-07": {"support": three},
    }


def test_a_night_and_the_day_after_it():
    lines = ["2024-05-06 22:00-02:00 web", "2024-05-07 09:00-10:00 web"]
    assert totals(read_sheet(lines), "day")["2024-05-07"] == {"web": timedelta(hours=3)}


def test_days_are_dates():
    entry = Entry("web", datetime(2024, 5, 6, 23), datetime(2024, 5, 7, 1))
    assert [day for day, _ in entry.days()] == [date(2024, 5, 6), date(2024, 5, 7)]
