"""One JSON object on each line."""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from rowport.registry import Format, Row, register


def read(path: Path) -> Iterator[Row]:
    """Yield the objects of the lines. Blank lines are passed over."""
    with path.open(encoding="utf-8") as file:
        yield from (json.loads(line) for line in file if not line.isspace())


def write(path: Path, names: Sequence[str], rows: Iterable[Row]) -> None:
    """Write the rows with their keys in the order of the names."""
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            record = {name: row[name] for name in names}
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


register(".jsonl", Format(read, write))
