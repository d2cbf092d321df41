"""What a verified patch is worth: the original again, another that more tests accept, or nothing.

repairlsp is given the tests of one file; the judge runs the package's whole suite, by plain pytest.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple

from real_packages.cases import faulty_lines
from real_packages.judge import enclosing
from real_packages.sdists import SdistError, apply, unpack
from unidiff.patch import PatchSet

from repairlsp.types import CoveredLine
from synthetic.bugs import Bug
from synthetic.packages import Package
from synthetic.pytest_run import PytestError, PytestRun, run

Verdict = Literal["correct", "plausible", "overfit", "none"]
"""Of a verified patch: the original's syntax tree again; another, with which the whole suite
passes; one with which it fails. `none` where no patch was verified."""


class Judgement(NamedTuple):
    verdict: Verdict
    why: str = ""


class Judge:
    """Judges patches of bugs in packages whose source releases are in `sdists`."""

    def __init__(
        self, sdists: Mapping[str, Path], packages: Mapping[str, Package], environment: Path
    ) -> None:
        self._sdists, self._packages, self._environment = sdists, packages, environment
        self._originals: dict[str, PytestRun] = {}

    def judge(self, bug: Bug, patch: str, folder: Path) -> Judgement:
        """Judge a patch, a diff against the buggy version. `folder` is new and ours."""
        sdist = self._sdists[bug.package]
        clean, patched = unpack(sdist, folder / "clean"), unpack(sdist, folder / "patched")
        apply(bug.diff, patched)
        try:
            apply(patch, patched)
        except SdistError as error:
            return Judgement("overfit", str(error))
        if all(_same_tree(clean / path, patched / path) for path in _paths(bug, patch)):
            return Judgement("correct")
        package = self._packages[bug.package]
        if bug.package not in self._originals:
            original = run(package.release.suite, clean, self._environment)
            self._originals[bug.package] = original
        try:
            whole = run(package.release.suite, patched, self._environment)
        except PytestError as error:
            return Judgement("overfit", str(error))
        if whole.outcomes == self._originals[bug.package].outcomes:
            return Judgement("plausible")
        worse = whole.failing or ("other tests ran or were skipped",)
        return Judgement("overfit", f"the whole suite disagrees: {', '.join(worse[:3])}")


def _paths(bug: Bug, patch: str) -> set[str]:
    return {file.path for text in (bug.diff, patch) for file in PatchSet(text)}


def _same_tree(left: Path, right: Path) -> bool:
    return ast.dump(ast.parse(left.read_bytes())) == ast.dump(ast.parse(right.read_bytes()))


def ranks(
    locations: Iterable[Mapping[str, Any]], bug: Bug, project: Path
) -> tuple[int | None, int | None]:
    """The places, from 1, of the faulty line and of the first line of its function among the
    reported locations. `project` is the buggy version."""
    faulty = faulty_lines(bug.diff)
    spans = [enclosing((project / path).read_text("utf-8"), line) for path, line in faulty]
    line_rank = function_rank = None
    for rank, location in enumerate(locations, 1):
        here = CoveredLine(location["path"], location["line"])
        if line_rank is None and here in faulty:
            line_rank = rank
        if function_rank is None and here.path == bug.path and any(here.line in s for s in spans):
            function_rank = rank
    return line_rank, function_rank
