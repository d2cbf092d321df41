"""Notes, listed page by page."""

from __future__ import annotations

import base64
import bisect
import json
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple


class BadCursor(ValueError):
    """A cursor that none of the pages has given out."""


@dataclass(frozen=True)
class Note:
    created: str
    number: int
    text: str = ""

    @property
    def key(self) -> tuple[str, int]:
        """What the notes are ordered by; no two have the same."""
        return self.created, self.number


class Page(NamedTuple):
    """Some notes, and the cursor to go on with; None on the last page."""

    notes: list[Note]
    cursor: str | None


def _encoded(key: tuple[str, int]) -> str:
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode()


def _decoded(cursor: str) -> tuple[str, int]:
    try:
        created, number = json.loads(base64.urlsafe_b64decode(cursor))
    except ValueError:
        raise BadCursor(cursor) from None
    return created, number


class Notebook:
    """Notes by the time when they were created."""

    def __init__(self) -> None:
        self._notes: list[Note] = []

    def add(self, note: Note) -> None:
        bisect.insort(self._notes, note, key=attrgetter("key"))

    def remove(self, number: int) -> None:
        self._notes = [note for note in self._notes if note.number != number]

    def page(self, cursor: str | None = None, size: int = 20) -> Page:
        """The notes after the cursor, at most `size`.

        A cursor stands for the last note that its page has shown, so a reader who follows the
        cursors sees every note once, and also those that are added behind that one meanwhile. The
        note itself may be gone.
        """
        if size < 1:
            raise ValueError(f"not a size: {size}")
        start = 0
        if cursor is not None:
            start = bisect.bisect_right(self._notes, _decoded(cursor), key=attrgetter("key"))
        rows = self._notes[start : start + size + 1]
        more = len(rows) > size
        return Page(rows[:size], _encoded(rows[-1].key) if more else None)
