from itertools import permutations

import pytest
from probe import Alert, Counter, Gauge, Registry, State, expose

LABELS = {"c": "1", "a": "2", "b": "3"}


@pytest.mark.parametrize("names", list(permutations("abc")))
def test_any_order(names):
    counter = Counter("x", names=names)
    for order in permutations(LABELS):
        counter.add(2, **{name: LABELS[name] for name in order})
    assert list(counter.samples()) == [(LABELS, 12)]
    for order in permutations(LABELS):
        assert counter.value(**{name: LABELS[name] for name in order}) == 12


def test_labels_are_shown_in_the_metrics_order():
    registry = Registry()
    registry.add(Gauge("x", names=["z", "a"])).set(1, a="first", z="last")
    assert expose(registry).splitlines()[-1] == 'x{z="last",a="first"} 1'


def test_gauges():
    gauge = Gauge("x", names=["a", "b"])
    gauge.set(1, a="p", b="q")
    gauge.set(2, b="q", a="p")
    gauge.set(3, a="q", b="p")
    assert list(gauge.samples()) == [({"a": "p", "b": "q"}, 2), ({"a": "q", "b": "p"}, 3)]
    assert gauge.value(b="p", a="q") == 3
    assert gauge.total() == 5


def test_sorted_by_values():
    counter = Counter("x", names=["b", "a"])
    counter.add(a="1", b="2")
    counter.add(b="1", a="2")
    counter.add(a="3", b="1")
    assert [tuple(labels.values()) for labels, _ in counter.samples()] == [
        ("1", "2"),
        ("1", "3"),
        ("2", "1"),
    ]


def test_alerts_see_one_number():
    gauge = Gauge("x", names=["a", "b"])
    gauge.set(6, a="p", b="q")
    gauge.set(5, b="q", a="p")
    assert Alert(gauge, limit=8).check(0) is State.QUIET


@pytest.mark.parametrize("labels", [{}, {"a": "1"}, {"a": "1", "b": "2", "c": "3"}])
def test_missing_and_unknown_labels(labels):
    with pytest.raises(ValueError, match="x has other labels: a, b"):
        Counter("x", names=["a", "b"]).value(**labels)
