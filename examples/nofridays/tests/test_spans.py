from datetime import datetime, timedelta

import pytest

from nofridays.spans import Span, round_up

NOON = datetime(2025, 3, 5, 12)
HOUR = timedelta(hours=1)


def test_spans_that_only_touch_do_not_overlap():
    morning, afternoon = Span(NOON - HOUR, NOON), Span(NOON, NOON + HOUR)
    assert not morning.overlaps(afternoon)
    assert not afternoon.overlaps(morning)


def test_a_span_holds_its_start_but_not_its_end():
    assert NOON in Span(NOON, NOON + HOUR)
    assert NOON + HOUR not in Span(NOON, NOON + HOUR)


def test_a_span_cannot_end_before_it_starts():
    with pytest.raises(ValueError, match="must end after"):
        Span(NOON, NOON)


@pytest.mark.parametrize(("minute", "expected"), [(0, 0), (1, 15), (15, 15), (44, 45)])
def test_rounding_up_to_the_quarter(minute, expected):
    moment = NOON.replace(minute=minute)
    assert round_up(moment, timedelta(minutes=15)) == NOON.replace(minute=expected)
