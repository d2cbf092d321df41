import pytest
from eventring import EventRing


@pytest.mark.parametrize("capacity", [1, 2, 3, 5])
def test_tail_of_any_length(capacity):
    ring = EventRing(capacity)
    for recorded in range(12):
        kept = list(range(recorded))[-capacity:]
        for count in range(capacity + 3):
            assert ring.tail(count) == (kept[-count:] if count else [])
        assert list(ring) == kept
        assert len(ring) == len(kept)
        assert ring.dropped == recorded - len(kept)
        ring.record(recorded)


def test_negative_counts_are_none():
    ring = EventRing(2)
    ring.record("x")
    assert ring.tail(-1) == []


def test_reports_of_more_than_is_shown():
    ring = EventRing(3)
    assert ring.report() == ""
    for name in "abcdef":
        ring.record(name)
    assert ring.report(2) == "(4 earlier)\n- e\n- f"
    assert ring.report() == "(3 earlier)\n- d\n- e\n- f"


def test_a_tail_is_the_callers_own():
    ring = EventRing(2)
    ring.record("a")
    ring.tail(1).clear()
    assert ring.tail(1) == ["a"]
