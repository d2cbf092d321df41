from datetime import date, timedelta

import pytest
from weekly import overtime, week_label, week_start, weekly_totals


@pytest.mark.parametrize("year", range(2004, 2033))
def test_every_day_around_new_year(year):
    for offset in range(-10, 11):
        day = date(year, 1, 1) + timedelta(days=offset)
        iso_year, week, _ = day.isocalendar()
        assert week_label(day) == f"{iso_year}-W{week:02}"
        assert week_start(week_label(day)) <= day < week_start(week_label(day)) + timedelta(days=7)


def test_labels_sort_by_time():
    days = [date(2019, 12, 1) + timedelta(days=7 * week) for week in range(120)]
    labels = [week_label(day) for day in days]
    assert labels == sorted(labels)
    assert len(set(labels)) == 120


def test_totals_over_new_year():
    entries = [(date(2020, 12, 21), 1), (date(2021, 1, 3), 2), (date(2021, 1, 4), 4)]
    assert weekly_totals(entries) == {"2020-W52": 1.0, "2020-W53": 2.0, "2021-W01": 4.0}
    assert overtime(entries, contract=2) == 1.0


def test_nothing():
    assert weekly_totals([]) == {}
    assert overtime([]) == 0


@pytest.mark.parametrize("label", ["2024", "2024-W54", "W09", ""])
def test_no_labels(label):
    with pytest.raises(ValueError):
        week_start(label)
