"""Where a case's faulty line and function are ranked, with given weights, formula and evidence."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from localization.replay import Case
from repairlsp.errors import RepairlspError
from repairlsp.localize.constants import constant_evidence
from repairlsp.localize.evidence import Evidence, combine
from repairlsp.localize.formulas import FORMULAS
from repairlsp.localize.mentions import mention_evidence
from repairlsp.localize.modules import Modules
from repairlsp.localize.outline import Outlines
from repairlsp.localize.spectrum import Spectrum, spectra, spectrum_evidence
from repairlsp.localize.traceback import traceback_evidence
from repairlsp.localize.weights import Weights
from repairlsp.source import SourceText
from repairlsp.types import Coverage, CoveredLine, FaultLocation

UNFOUND = 200
"""A line that is not accused comes so many places after the last one that is."""


class Rank(NamedTuple):
    """Places from 1; among equals the mean one. `lines` are how many lines are accused."""

    line: float
    function: float
    found: bool


@dataclass
class Scene:
    """A case with what does not depend on weights kept. `covered` False: coverage could not be
    had."""

    case: Case
    covered: bool = True

    def __post_init__(self) -> None:
        self.coverage: Coverage = self.case.coverage if self.covered else {}
        self.outlines = Outlines(self._read)
        self.modules = Modules(self.outlines)
        self._spectra: dict[str, Mapping[CoveredLine, Spectrum]] = {}

    def _read(self, path: str) -> SourceText | None:
        try:
            return self.case.source(path)
        except RepairlspError:
            return None

    def direct_evidence(self, weights: Weights, formula: str) -> list[Evidence]:
        """What `localize` gathers, without constants, which other lines' evidence accuses."""
        case, outlines = self.case, self.outlines
        found = [
            *traceback_evidence(case.run, self.coverage, case.is_test, outlines, weights),
            *mention_evidence(
                case.run, self.coverage, case.is_test, outlines, self.modules, weights
            ),
        ]
        return [*found, *self._spectrum_evidence(weights, formula)]

    def _spectrum_evidence(self, weights: Weights, formula: str) -> list[Evidence]:
        if formula == "none":
            return []
        if formula not in self._spectra:
            counted = spectra(self.case.run, self.coverage, FORMULAS[formula])
            self._spectra[formula] = counted
        return list(spectrum_evidence(self._spectra[formula], self.outlines, weights))

    def evidence(self, weights: Weights, formula: str, only: bool = False) -> list[Evidence]:
        """What `localize` gathers; with `only` the spectrum alone."""
        if only:
            found = self._spectrum_evidence(replace(weights, idle=0.0), formula)
        else:
            found = self.direct_evidence(weights, formula)
            found.extend(constant_evidence(found, self.outlines, self.modules, weights))
        return [piece for piece in found if self.counts(piece.path)]

    def counts(self, path: str) -> bool:
        """Whether lines of this file may be accused."""
        return path.endswith(".py") and not self.case.is_test(path)

    def rank(self, weights: Weights, formula: str = "ochiai", only: bool = False) -> Rank:
        """Where the bug is ranked."""
        return self.place(combine(self.evidence(weights, formula, only)))

    def place(self, locations: Sequence[FaultLocation]) -> Rank:
        """Where the bug is among these locations."""
        case = self.case
        lines = {(each.path, each.line): each.suspiciousness for each in locations}
        functions: dict[object, float] = {}
        for (path, line), score in lines.items():
            key = self.home(path, line)
            functions[key] = max(score, functions.get(key, 0.0))
        faulty = [lines[case.path, line] for line in case.lines if (case.path, line) in lines]
        homes = {self.home(case.path, line) for line in self._inside}
        inside = [functions[home] for home in homes if home in functions]
        return Rank(
            _mean_rank(max(faulty, default=None), lines.values()),
            _mean_rank(max(inside, default=None), functions.values()),
            bool(faulty),
        )

    def home(self, path: str, line: int) -> object:
        """What tells the function of a line from others; outside functions, the line itself."""
        outline = self.outlines.get(path)
        function = outline.function_at(line) if outline else None
        return path, function.span if function else line

    def is_faulty(self, path: str, line: int) -> bool:
        return path == self.case.path and line in self.case.lines

    def is_inside(self, path: str, line: int) -> bool:
        """Whether the line is in the faulty function."""
        return path == self.case.path and line in self._inside

    @cached_property
    def _inside(self) -> frozenset[int]:
        case = self.case
        return frozenset(range(*case.region)) if case.function else case.lines


def _mean_rank(score: float | None, all_scores: Iterable[float]) -> float:
    scores = list(all_scores)
    if score is None:
        return len(scores) + UNFOUND
    same = sum(math.isclose(each, score) for each in scores)
    above = sum(each > score and not math.isclose(each, score) for each in scores)
    return above + (same + 1) / 2


class Summary(NamedTuple):
    """Shares of cases with the bug among the first; mean reciprocal rank; geometric mean rank."""

    top1: float
    top3: float
    top5: float
    top10: float
    reciprocal: float
    typical: float


def summary(ranks: Sequence[float]) -> Summary:
    """Over ranks, which may lie between two places where lines are equal."""
    count = len(ranks)
    tops = [sum(rank <= top for rank in ranks) / count for top in (1, 3, 5, 10)]
    typical = math.exp(sum(map(math.log, ranks)) / count)
    return Summary(*tops, sum(1 / rank for rank in ranks) / count, typical)
