"""Open a suite of any kind: a folder of defects, or a catalogue of diffs against releases."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from repair_eval.suite.defect import Defect
from repair_eval.suite.errors import SuiteError
from repair_eval.suite.folder import find_folders, load_folder

CATALOGUE = "packages.toml"
"""The file that tells a catalogue of releases from a folder of defects."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A defect that is not as the schema says, with everything that is wrong."""

    id: str
    problems: Sequence[str]


@dataclass(frozen=True, slots=True)
class Suite:
    """The defects of a suite in order of their ids, and those that could not be loaded."""

    place: Path
    defects: tuple[Defect, ...]
    refused: tuple[Refused, ...]


def load_suite(place: Path, only: Collection[str] = ()) -> Suite:
    """Load the suite at `place`, or the part of it whose ids match one of the patterns `only`.

    A pattern is an id (`python/parse-duration`), a leading part of one (`python`), or a shell
    pattern (`*/parse-*`). Raises SuiteError where there is no suite, or nothing matches a pattern.
    """
    if not place.is_dir():
        raise SuiteError(f"{place} is not a folder", hint="name the folder of a suite")
    suite = _load_releases(place, only) if _is_catalogue(place) else _load_folders(place, only)
    ids = [*(defect.id for defect in suite.defects), *(refused.id for refused in suite.refused)]
    for pattern in only:
        if not any(matches(id_, [pattern]) for id_ in ids):
            raise SuiteError(f"{place} has no defect {pattern}", hint="see `repair-eval list`")
    if not ids:
        raise SuiteError(f"{place} has no defects", hint="see defects/README.md for the schema")
    return suite


def matches(id_: str, only: Collection[str]) -> bool:
    """Whether an id is asked for; everything is where there are no patterns."""
    return not only or any(
        id_ == pattern or id_.startswith(f"{pattern}/") or fnmatchcase(id_, pattern)
        for pattern in only
    )


def _is_catalogue(place: Path) -> bool:
    return (place / CATALOGUE).is_file()


def _load_releases(place: Path, only: Collection[str]) -> Suite:
    try:
        from repair_eval.suite.pypi import load_releases
    except ModuleNotFoundError as error:  # the catalogue's own code is not in the wheel
        hint = "run from a checkout, with `pip install -e .`"
        raise SuiteError(
            f"{place} is a catalogue of releases: no {error.name}", hint=hint
        ) from error

    found = [defect for defect in load_releases(place) if matches(defect.id, only)]
    return Suite(place, tuple(found), ())


def _load_folders(place: Path, only: Collection[str]) -> Suite:
    defects: list[Defect] = []
    refused: list[Refused] = []
    for folder in find_folders(place):
        id_ = f"{folder.parent.name}/{folder.name}"
        if not matches(id_, only):
            continue
        try:
            defects.append(load_folder(folder))
        except SuiteError as error:
            refused.append(Refused(id_, error.problems))
    return Suite(place, tuple(defects), tuple(refused))
