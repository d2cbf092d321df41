import pytest
from timeline import Frame, frame_count, frames, thumbnails, timecode


def test_a_short_clip():
    assert list(frames(1.0, 4)) == [Frame(0, 0.0), Frame(1, 0.25), Frame(2, 0.5), Frame(3, 0.75)]


def test_a_second_of_ten_frames():
    assert frame_count(1.0, 10) == 10


def test_timecode():
    assert timecode(Frame(24 * 3600 + 30, 0.0), 24) == "01:00:01:06"


def test_thumbnails():
    assert [frame.number for frame in thumbnails(2.0, 8, 0.5)] == [0, 4, 8, 12]


def test_rate():
    with pytest.raises(ValueError):
        next(frames(1.0, 0))
