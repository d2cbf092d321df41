"""`bugs.jsonl`: the suite as data. A line about how it was made, then one line for each bug."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from synthetic.packages import HERE, CatalogueError

SCHEMA_VERSION = 1
BUGS = HERE / "bugs.jsonl"
SOURCES = ("operators", "mutmut", "cosmic-ray")


@dataclass(frozen=True, slots=True)
class Bug:
    """One bug in one function.

    `source` is one of SOURCES, `operator` that source's name for the kind of bug, `family` ours.
    `tests` are what the test command runs, `failing` the node ids that fail with the bug, every
    time. `seconds` is the CPU time of the command with the original. `overlap` is the function's
    with the training text (overlap.py), and `diff` turns the original into the buggy version.
    """

    id: str
    package: str
    path: str
    function: str
    source: str
    operator: str
    family: str
    tests: tuple[str, ...]
    failing: tuple[str, ...]
    seconds: float
    overlap: float
    diff: str


def load(path: Path = BUGS) -> tuple[Bug, ...]:
    """All bugs, in the order that `--first N` takes them. Raises CatalogueError."""
    return tuple(_bug(json.loads(line), path) for line in _lines(path)[1:])


def made_by(path: Path = BUGS) -> Mapping[str, Any]:
    """How the suite was made: seed, command, versions. Raises CatalogueError."""
    header: dict[str, Any] = json.loads(_lines(path)[0])
    if header.get("schema_version") != SCHEMA_VERSION:
        raise CatalogueError(f"{path.name}: schema_version must be {SCHEMA_VERSION}")
    return header


def save(bugs: Sequence[Bug], header: Mapping[str, Any], path: Path) -> None:
    """Write what `load` and `made_by` read."""
    rows: list[Mapping[str, Any]] = [{"schema_version": SCHEMA_VERSION, **header}]
    rows += [asdict(bug) for bug in bugs]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")


def _lines(path: Path) -> list[str]:
    try:
        lines = path.read_text("utf-8").splitlines()
    except FileNotFoundError:
        raise CatalogueError(f"{path} is not there: make it with `build`") from None
    if not lines:
        raise CatalogueError(f"{path} is empty")
    return lines


def _bug(row: Mapping[str, Any], path: Path) -> Bug:
    try:
        bug = Bug(**{**row, "tests": tuple(row["tests"]), "failing": tuple(row["failing"])})
    except (TypeError, KeyError) as error:
        raise CatalogueError(f"{path.name}: {row.get('id', row)}: {error}") from error
    if bug.source not in SOURCES:
        raise CatalogueError(f"{path.name}: {bug.id}: source must be one of {', '.join(SOURCES)}")
    return bug
