"""The frames of a clip and when they are shown. Times are in seconds, rates in frames a second."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple


class Frame(NamedTuple):
    number: int
    time: float


def frames(duration: float, rate: float) -> Iterator[Frame]:
    """Yield the frames that begin before the end of the clip; frame n begins at n / rate."""
    if rate <= 0:
        raise ValueError(f"not a rate: {rate}")
    number = 0
    time = 0.0
    while time < duration:
        yield Frame(number, time)
        number += 1
        time = number / rate


def frame_count(duration: float, rate: float) -> int:
    return sum(1 for _ in frames(duration, rate))


def timecode(frame: Frame, rate: int) -> str:
    """`00:01:02:13` is frame 13 of the second 62, for whole rates."""
    seconds, within = divmod(frame.number, rate)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}:{within:02}"


def thumbnails(duration: float, rate: float, every: float) -> list[Frame]:
    """The frames to make thumbnails of: the first one, and then each that begins `every` seconds
    or more after the last thumbnail.
    """
    chosen: list[Frame] = []
    for frame in frames(duration, rate):
        if not chosen or frame.time - chosen[-1].time >= every - 0.5 / rate:
            chosen.append(frame)
    return chosen
