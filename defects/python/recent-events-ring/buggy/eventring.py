"""The last events of a process, kept for crash reports."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class EventRing(Generic[T]):
    """Keeps the newest `capacity` events; the oldest one makes room."""

    def __init__(self, capacity: int) -> None:
        if capacity < 1:
            raise ValueError("a ring needs room for an event")
        self._slots: list[T | None] = [None] * capacity
        self._next = 0
        self._recorded = 0

    @property
    def dropped(self) -> int:
        """How many events are no longer there."""
        return self._recorded - len(self)

    def __len__(self) -> int:
        return min(self._recorded, len(self._slots))

    def record(self, event: T) -> None:
        self._slots[self._next] = event
        self._next = (self._next + 1) % len(self._slots)
        self._recorded += 1

    def tail(self, count: int) -> list[T]:
        """The newest `count` events, or all where there are fewer, from old to new."""
        count = min(max(count, 0), len(self))
        start = self._next - count
        if start > 0:
            return self._slots[start : self._next]
        return self._slots[start:] + self._slots[: self._next]

    def __iter__(self) -> Iterator[T]:
        return iter(self.tail(len(self)))

    def report(self, count: int = 10) -> str:
        """Text for a crash report: the newest events, one a line."""
        lines = [f"- {event}" for event in self.tail(count)]
        earlier = self._recorded - len(lines)
        if earlier:
            lines.insert(0, f"({earlier} earlier)")
        return "\n".join(lines)
