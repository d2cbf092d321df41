"""From one file to another."""

from collections.abc import Iterator
from pathlib import Path

from rowport.registry import Row, format_of
from rowport.schema import Schema


def convert(source: Path, target: Path, schema: Schema) -> int:
    """Write the rows of `source` to `target`, each in the format of its suffix; how many.

    A file with a row that does not fit is not converted: RowError, and `target` is as it was.
    """
    count = 0

    def counted() -> Iterator[Row]:
        nonlocal count
        for row in schema.apply(format_of(source).read(source)):
            yield row
            count += 1

    part = target.with_name(f".{target.name}.part")
    try:
        format_of(target).write(part, schema.names, counted())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return count
