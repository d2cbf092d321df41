"""Reads time sheets.

Each line is a day, a time from and to, a project and perhaps a note:

    2024-05-06 09:00-12:30 website  header and footer
               13:15-17:00 support
    2024-05-07 22:00-01:30 website  move to the new server

A line without a day has that of the line before. A time to that is not after the time from is on
the next day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from hours.entry import Entry

_LINE = re.compile(
    r"(?:(?P<day>\d{4}-\d\d-\d\d)|\s)\s*"
    r"(?P<start>\d\d:\d\d)-(?P<end>\d\d:\d\d)\s+(?P<project>\S+)\s*(?P<note>.*)"
)


class SheetError(ValueError):
    """A line that cannot be read; its number comes first."""


def read_sheet(lines: Iterable[str]) -> Iterator[Entry]:
    """Yield the entries of a sheet. Blank lines are passed over. Raises SheetError."""
    day = None
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        found = _LINE.fullmatch(line.rstrip())
        if not found:
            raise SheetError(f"{number}: not an entry: {line.strip()!r}")
        try:
            day = date.fromisoformat(found["day"]) if found["day"] else day
            start, end = time.fromisoformat(found["start"]), time.fromisoformat(found["end"])
        except ValueError as error:
            raise SheetError(f"{number}: {error}") from None
        if day is None:
            raise SheetError(f"{number}: the first entry needs a day")
        until = day if end > start else day + timedelta(days=1)
        yield Entry(
            found["project"],
            datetime.combine(day, start),
            datetime.combine(until, end),
            found["note"],
        )
