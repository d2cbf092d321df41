"""JSON lines, each of them checked for the keys that a format needs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from repair_eval.importers.draft import NotImported
from repairlsp.errors import UsageError


class Row(NamedTuple):
    """A line: its name (the value of the key that names it), its values, and its number."""

    name: str
    values: Mapping[str, object]
    number: int

    def text(self, key: str) -> str:
        """A text; empty where the key is not there, or is no text."""
        value = self.values.get(key)
        return value if isinstance(value, str) else ""

    def texts(self, key: str) -> list[str]:
        """A list of texts, or one in a text as JSON (so SWE-bench on Hugging Face)."""
        value = self.values.get(key)
        if isinstance(value, str):
            try:
                value = json.loads(value)
            except ValueError:
                return []
        return [text for text in value if isinstance(text, str)] if isinstance(value, list) else []


def read_rows(place: Path, name: str, needed: tuple[str, ...]) -> Iterator[Row | NotImported]:
    """The lines of a file, or of all `*.jsonl` of a folder. Raises UsageError where there is no
    such file."""
    files = sorted(place.glob("*.jsonl")) if place.is_dir() else [place]
    if not files or not all(file.is_file() for file in files):
        raise UsageError(f"{place} is no JSON lines file, nor a folder of them")
    for file in files:
        with file.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _row(line, name, needed, number, f"{file.name}:{number}")


def _row(
    line: bytes, name: str, needed: tuple[str, ...], number: int, where: str
) -> Row | NotImported:
    try:
        values = json.loads(line)
    except ValueError as error:
        return NotImported(where, f"not JSON: {error}")
    if not isinstance(values, dict):
        return NotImported(where, "not a JSON object")
    called = values.get(name)
    said = called if isinstance(called, str) and called else where
    for key in (name, *needed):
        if not values.get(key):
            return NotImported(said, f"has no {key}")
    return Row(said, values, number)
