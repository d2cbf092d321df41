import pytest
from timeline import frame_count, frames, thumbnails


@pytest.mark.parametrize("rate", [5, 6, 10, 24, 25, 30, 49, 50, 60, 90, 120])
@pytest.mark.parametrize("seconds", [1, 3, 7, 60])
def test_whole_seconds(rate, seconds):
    assert frame_count(float(seconds), rate) == rate * seconds


@pytest.mark.parametrize(
    ("duration", "rate", "count"),
    [
        (0.3, 10, 3),
        (0.7, 10, 7),
        (0.8, 10, 8),
        (2.5, 10, 25),
        (0.61, 10, 7),
        (0.0, 25, 0),
        (1.1, 25, 28),
    ],
)
def test_parts_of_seconds(duration, rate, count):
    assert frame_count(duration, rate) == count


def test_no_drift():
    for number, time in frames(600.0, 30):
        assert time == pytest.approx(number / 30, rel=0, abs=1e-12)


def test_rates_that_are_not_whole():
    assert frame_count(100.0, 12.5) == 1250
    assert frame_count(10.0, 0.1) == 1
    assert frame_count(10.5, 0.1) == 2


def test_thumbnails_of_a_long_clip():
    assert [frame.number for frame in thumbnails(300.0, 25, 10)] == list(range(0, 7500, 250))
    assert [frame.number for frame in thumbnails(1.0, 10, 0.3)] == [0, 3, 6, 9]


def test_a_clip_without_length():
    assert list(frames(0.0, 24)) == []
    assert thumbnails(0.0, 24, 1) == []
