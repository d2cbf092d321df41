"""The cases of `cases.toml`, checked on load."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from real_packages.cases import CaseError, Package
from real_packages.cases import load as load_bugs

HERE = Path(__file__).resolve().parent
SCHEMA_VERSION = 1

Expectation = Literal["repaired", "not-repaired"]


@dataclass(frozen=True, slots=True)
class Slip:
    """A bug: the text `old` of a file, which stands in it once, became `new`."""

    file: str
    old: str
    new: str
    about: str


@dataclass(frozen=True, slots=True)
class Case:
    """A repository to be: a release, then each slip as a commit. See `cases.toml`."""

    name: str
    package: Package
    slips: tuple[Slip, ...]
    flaky: bool
    expect: Expectation


def load(folder: Path = HERE) -> tuple[Case, ...]:
    """All cases, in the file's order. Raises CaseError."""
    packages = {bug.package.name: bug.package for bug in load_bugs()}
    with (folder / "cases.toml").open("rb") as file:
        document = tomllib.load(file)
    if document.get("schema_version") != SCHEMA_VERSION:
        raise CaseError(f"cases.toml: schema_version must be {SCHEMA_VERSION}")
    try:
        return tuple(_case(table, packages) for table in document["case"])
    except (KeyError, TypeError) as error:
        raise CaseError(f"cases.toml: {error!r}") from error


def _case(table: dict[str, Any], packages: dict[str, Package]) -> Case:
    if table["expect"] not in ("repaired", "not-repaired"):
        raise CaseError(f"{table['name']}: expect must be repaired or not-repaired")
    return Case(
        name=table["name"],
        package=packages[table["package"]],
        slips=tuple(Slip(**slip) for slip in table["bug"]),
        flaky=table.get("flaky", False),
        expect=table["expect"],
    )
