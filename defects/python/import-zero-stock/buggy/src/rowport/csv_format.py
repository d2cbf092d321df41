"""Comma-separated values (RFC 4180), with the names of the columns in the first record."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from rowport.registry import Format, Row, register


def read(path: Path) -> Iterator[Row]:
    """Yield the records. All values are texts, exactly as they stand in the file."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def write(path: Path, names: Sequence[str], rows: Iterable[Row]) -> None:
    """Write the rows. A value of None becomes an empty field."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        writer.writerows(rows)


register(".csv", Format(read, write))
