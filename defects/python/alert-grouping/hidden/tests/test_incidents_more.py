from datetime import datetime, timedelta

import pytest
from incidents import Alert, incidents

START = datetime(2024, 5, 6, 23, 50)


def sizes(minutes, **options):
    alerts = [Alert(START + timedelta(minutes=minute), "db") for minute in minutes]
    return [len(incident.alerts) for incident in incidents(alerts, **options)]


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        ([0, 10, 20, 30], [4]),
        ([0, 10, 20, 31], [3, 1]),
        ([0, 11, 22], [1, 1, 1]),
        ([0, 1, 2, 20, 21, 30, 39], [3, 4]),
        ([39, 0, 21, 2, 30, 1, 20], [3, 4]),
        ([0, 0, 0], [3]),
    ],
)
def test_silence_counts_from_the_latest(minutes, expected):
    assert sizes(minutes) == expected


def test_another_length():
    assert sizes([0, 2, 4, 7, 9], quiet=timedelta(minutes=2)) == [3, 2]


def test_opened_and_latest():
    alerts = [Alert(START + timedelta(minutes=m), "db") for m in (0, 9, 18, 60)]
    first, second = incidents(alerts)
    assert (first.opened, first.latest) == (START, START + timedelta(minutes=18))
    assert second.opened == second.latest == alerts[-1].at
    assert first.alerts == alerts[:3]


def test_interleaved_services():
    alerts = [Alert(START + timedelta(minutes=m), s) for m, s in [(0, "a"), (8, "b"), (9, "a")]]
    alerts += [Alert(START + timedelta(minutes=m), s) for m, s in [(17, "b"), (18, "a"), (40, "b")]]
    found = [(i.service, len(i.alerts)) for i in incidents(alerts)]
    assert found == [("b", 2), ("a", 3), ("b", 1)]
