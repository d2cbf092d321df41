"""Bugs as diffs against pinned source releases on PyPI (`eval/real_packages`), as defects.

Releases are downloaded by pip when their content is first asked for, and kept in the user's cache;
loading a suite needs no network. A release comes with its tests, all of them visible; where the
catalogue has another command for judging, that one runs more of them.
"""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import platformdirs
from real_packages.cases import Bug, CaseError, load
from real_packages.sdists import SdistError, apply, fetch, unpack
from unidiff.patch import PatchSet

from repair_eval.suite.defect import Defect, Tests, TestSet, Version
from repair_eval.suite.errors import SuiteError
from repair_eval.suite.load import CATALOGUE
from repair_eval.suite.needs import Need
from repair_eval.suite.vocabulary import Shape

_SECONDS = 600.0
_CASE_SECONDS = 120.0
_FAMILIES: Mapping[str, str] = MappingProxyType(
    {
        "copy and paste": "wrong-variable",
        "dropped statement": "missing-step",
        "missing call": "missing-step",
        "missing condition": "missing-case",
        "missing factor": "wrong-computation",
        "missing operation": "wrong-computation",
        "missing slice": "wrong-computation",
        "wrong expression": "wrong-computation",
        "wrong function": "wrong-call",
        "wrong variable": "wrong-variable",
    }
)
"""The catalogue's free words -> the schema's families."""


@dataclass(frozen=True, slots=True)
class ReleaseContent:
    """A release, its bug as a diff from the original, and the folder that keeps releases."""

    bug: Bug
    cache: Path

    def lay_out(self, folder: Path, version: Version, tests: TestSet) -> None:
        """Unpack the release; it has its tests inside, whatever `tests` says."""
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
            self._unpack(Path(scratch), version).replace(folder)

    def changed(self) -> Mapping[str, tuple[bytes, bytes]]:
        """Path -> (buggy, fixed), of the files in the diff."""
        paths = [file.path for file in PatchSet(self.bug.diff.read_text("utf-8"))]
        with tempfile.TemporaryDirectory() as name:
            fixed = self._unpack(Path(name) / "fixed", "fixed")
            buggy = self._unpack(Path(name) / "buggy", "buggy")
            return {
                path: ((buggy / path).read_bytes(), (fixed / path).read_bytes()) for path in paths
            }

    def test_files(self, tests: TestSet) -> Collection[str]:
        """None are known: `repairlsp.patches.is_test_path` has to tell."""
        return ()

    def _unpack(self, folder: Path, version: Version) -> Path:
        try:
            top = unpack(fetch(self.bug.package, self.cache), folder / "release")
            if version == "buggy":
                apply(self.bug.diff.read_text("utf-8"), top)
        except SdistError as error:
            hint = "the first use of a release needs pip and a network"
            raise SuiteError(f"{self.bug.id}: {error}", hint=hint) from error
        return top


def load_releases(place: Path) -> list[Defect]:
    """The bugs of a catalogue, in its order. Raises SuiteError."""
    cache = Path(platformdirs.user_cache_dir("repairlsp")) / "sdists"
    try:
        return [_defect(bug, place / CATALOGUE, cache) for bug in load(place)]
    except CaseError as error:
        raise SuiteError(f"{place / CATALOGUE}: {error}") from error


def _defect(bug: Bug, place: Path, cache: Path) -> Defect:
    package = bug.package
    if bug.family not in _FAMILIES:
        raise CaseError(f"{bug.id}: family {bug.family!r} has no word in the schema of defects")
    return Defect(
        id=bug.id,
        kind="pypi-diff",
        language="python",
        about=f"{bug.about[0].upper()}{bug.about[1:]}.",
        family=_FAMILIES[bug.family],
        difficulty=bug.difficulty,
        shape=_shape(bug),
        traits=frozenset({"project"}),
        provenance=f"put by hand into {package.name} {package.version} ({package.license})",
        tests=Tests(
            runner="pytest",
            command=package.test,
            hidden_command=package.suite,
            has_hidden=False,
            seconds=_SECONDS,
            case_seconds=_CASE_SECONDS,
            none_pass_before=False,
        ),
        needs=tuple(Need(name, is_package=True) for name in package.requires),
        place=place,
        content=ReleaseContent(bug, cache),
    )


def _shape(bug: Bug) -> Shape:
    """By the diff alone, so that a listing needs no release."""
    files = PatchSet(bug.diff.read_text("utf-8"))
    if len(files) > 1:
        return "multi-file"
    if len(files[0]) > 1:
        return "multi-hunk"
    return "one-line" if max(files[0].added, files[0].removed) <= 1 else "multi-line"
