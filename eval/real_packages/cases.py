"""The packages and bugs of `packages.toml`, checked on load."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from unidiff.patch import PatchSet

from repairlsp.types import CoveredLine

HERE = Path(__file__).resolve().parent
SCHEMA_VERSION = 1

Difficulty = Literal["easy", "medium", "hard"]
DIFFICULTIES: tuple[Difficulty, ...] = ("easy", "medium", "hard")


class CaseError(Exception):
    """`packages.toml` or a diff is not as documented. The message names the place."""


@dataclass(frozen=True, slots=True)
class Package:
    """A source release on PyPI. `test` is what repairlsp runs, `suite` what the judge runs."""

    name: str
    version: str
    sha256: str
    license: str
    test: tuple[str, ...]
    suite: tuple[str, ...]
    requires: tuple[str, ...]
    notes: str


@dataclass(frozen=True, slots=True)
class Bug:
    """One bug of a package; `diff` makes the buggy version of the original."""

    package: Package
    diff: Path
    family: str
    difficulty: Difficulty
    about: str

    @property
    def id(self) -> str:
        """`package/slug`, as in `toolz/2-update-in-default`."""
        return f"{self.package.name}/{self.diff.stem}"


def load(folder: Path = HERE) -> tuple[Bug, ...]:
    """All bugs, in the file's order. Raises CaseError."""
    with (folder / "packages.toml").open("rb") as file:
        document = tomllib.load(file)
    if document.get("schema_version") != SCHEMA_VERSION:
        raise CaseError(f"packages.toml: schema_version must be {SCHEMA_VERSION}")
    return tuple(bug for table in _tables(document, "package") for bug in _bugs(table, folder))


def _bugs(table: Mapping[str, object], folder: Path) -> list[Bug]:
    package = _package(table)
    bugs = []
    for entry in _tables(table, "bug"):
        where = f"{package.name}: bug"
        _only(entry, {"diff", "family", "difficulty", "about"}, where)
        difficulty = _text(entry, "difficulty", where)
        if difficulty not in DIFFICULTIES:
            raise CaseError(f"{where}: difficulty must be one of {', '.join(DIFFICULTIES)}")
        diff = folder / package.name / _text(entry, "diff", where)
        if not diff.is_file():
            raise CaseError(f"{where}: there is no {diff.name} in {package.name}/")
        family, about = _text(entry, "family", where), _text(entry, "about", where)
        bugs.append(Bug(package, diff, family, difficulty, about))
    return bugs


def _package(table: Mapping[str, object]) -> Package:
    name = _text(table, "name", "package")
    keys = {"name", "version", "sha256", "license", "test", "suite", "requires", "notes", "bug"}
    _only(table, keys, name)
    sha256 = _text(table, "sha256", name)
    if len(sha256) != 64 or set(sha256) - set("0123456789abcdef"):
        raise CaseError(f"{name}: sha256 must be 64 hexadecimal digits")
    test = _texts(table, "test", name)
    suite = _texts(table, "suite", name) or test
    if not all(command and command[0] == "pytest" for command in (test, suite)):
        raise CaseError(f"{name}: test and suite must start with pytest")
    return Package(
        name=name,
        version=_text(table, "version", name),
        sha256=sha256,
        license=_text(table, "license", name),
        test=test,
        suite=suite,
        requires=_texts(table, "requires", name),
        notes=str(table.get("notes", "")),
    )


def faulty_lines(diff: str) -> frozenset[CoveredLine]:
    """The buggy version's lines that the bug changed; for lines it dropped, the next line left."""
    lines = set()
    for file in PatchSet(diff):
        for hunk in file:
            at = hunk.target_start
            added = {line.target_line_no for line in hunk if line.is_added}
            lines |= {CoveredLine(file.path, line) for line in added if line is not None}
            if not added:
                for line in hunk:
                    if line.is_removed:
                        break
                    at += 1
                lines.add(CoveredLine(file.path, at))
    return frozenset(lines)


def _tables(table: Mapping[str, object], key: str) -> Sequence[Mapping[str, object]]:
    tables = table.get(key)
    if not isinstance(tables, list) or not all(isinstance(entry, dict) for entry in tables):
        raise CaseError(f"packages.toml: [[{key}]] tables are missing")
    return tables


def _only(table: Mapping[str, object], keys: set[str], where: str) -> None:
    if unknown := sorted(set(table) - keys):
        raise CaseError(f"{where}: unknown keys {', '.join(unknown)}")


def _text(table: Mapping[str, object], key: str, where: str) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value:
        raise CaseError(f"{where}: {key} must be a text")
    return value


def _texts(table: Mapping[str, object], key: str, where: str) -> tuple[str, ...]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise CaseError(f"{where}: {key} must be a list of texts")
    return tuple(value)
