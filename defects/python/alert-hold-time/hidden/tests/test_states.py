import random

import pytest
from probe import Alert, Counter, Gauge, State


def states(levels, limit=10, hold=60):
    gauge = Gauge("queue")
    alert = Alert(gauge, limit, hold)
    found = []
    for number, level in enumerate(levels):
        gauge.set(level)
        found.append(alert.check(now=30 * number).value[0])
        assert alert.state.value[0] == found[-1]
    return "".join(found)


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ([11, 11, 11, 3, 11, 11, 11], "ppfqppf"),
        ([11, 11, 3, 11, 11, 3, 11, 11, 11], "ppqppqppf"),
        ([11, 10, 11, 10, 11, 10], "pqpqpq"),
        ([3, 3, 3, 3, 11], "qqqqp"),
        ([11, 11, 11, 11, 3, 3, 11], "ppffqqp"),
    ],
)
def test_states(levels, expected):
    assert states(levels) == expected


def test_any_levels():
    random.seed(11)
    for _ in range(200):
        levels = [random.choice([3, 10, 11]) for _ in range(20)]
        hold = random.choice([0, 30, 60, 100])
        expected = ""
        for number, level in enumerate(levels):
            above = 0
            while above <= number and levels[number - above] > 10:
                above += 1
            long = 30 * (above - 1) >= hold
            expected += "q" if level <= 10 else "f" if long else "p"
        assert states(levels, hold=hold) == expected


def test_checks_at_any_time():
    gauge = Gauge("x")
    gauge.set(2)
    alert = Alert(gauge, limit=1, hold=10)
    found = [alert.check(now) for now in (0, 9.9, 10, 1000)]
    assert found == [State.PENDING, State.PENDING, State.FIRING, State.FIRING]


def test_the_first_check_is_late():
    gauge = Gauge("x")
    alert = Alert(gauge, limit=1, hold=10)
    gauge.set(2)
    assert alert.check(5000) is State.PENDING


def test_two_alerts_of_one_metric():
    counter = Counter("x")
    low, high = Alert(counter, limit=1, hold=5), Alert(counter, limit=3, hold=5)
    counter.add(2)
    assert (low.check(0), high.check(0)) == (State.PENDING, State.QUIET)
    counter.add(2)
    assert (low.check(5), high.check(5)) == (State.FIRING, State.PENDING)
