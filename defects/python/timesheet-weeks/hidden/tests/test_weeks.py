from datetime import date, datetime, timedelta

import pytest
from hours.entry import Entry
from hours.periods import week_name
from hours.report import totals


@pytest.mark.parametrize(
    ("day", "week"),
    [
        ("2024-12-29", "2024-W52"),
        ("2024-12-30", "2025-W01"),
        ("2024-12-31", "2025-W01"),
        ("2025-01-05", "2025-W01"),
        ("2025-01-06", "2025-W02"),
        ("2020-12-31", "2020-W53"),
        ("2021-01-01", "2020-W53"),
        ("2021-01-03", "2020-W53"),
        ("2021-01-04", "2021-W01"),
        ("2022-01-01", "2021-W52"),
        ("2023-01-01", "2022-W52"),
        ("2024-01-01", "2024-W01"),
        ("2024-05-06", "2024-W19"),
    ],
)
def test_week(day, week):
    assert week_name(date.fromisoformat(day)) == week


def test_every_week_has_seven_days():
    first = date(2019, 12, 30)
    for number in range(0, 7 * 300, 7):
        names = {week_name(first + timedelta(days=number + day)) for day in range(7)}
        assert len(names) == 1


def test_weeks_are_in_order():
    names = [week_name(date(2015, 1, 1) + timedelta(days=number)) for number in range(4000)]
    assert names == sorted(names)


def test_totals_of_a_week_in_two_years():
    entries = [
        Entry("web", datetime(2024, 12, day, 9), datetime(2024, 12, day, 10))
        for day in range(27, 32)
    ]
    entries.append(Entry("web", datetime(2025, 1, 2, 9), datetime(2025, 1, 2, 12)))
    assert totals(entries, "week") == {
        "2024-W52": {"web": timedelta(hours=3)},
        "2025-W01": {"web": timedelta(hours=5)},
    }


def test_months_and_days_keep_the_calendars_year():
    entry = Entry("web", datetime(2024, 12, 30, 9), datetime(2024, 12, 30, 10))
    assert list(totals([entry], "month")) == ["2024-12"]
    assert list(totals([entry], "day")) == ["2024-12-30"]
