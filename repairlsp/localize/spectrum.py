"""Spectrum-based localization: who executed the line, failing tests or passing ones?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from repairlsp.localize.evidence import Evidence
from repairlsp.localize.formulas import Formula
from repairlsp.localize.outline import Function, Outlines
from repairlsp.localize.weights import Weights
from repairlsp.types import Coverage, CoveredLine, TestRun


class Spectrum(NamedTuple):
    """How many failing and passing tests executed a line, and the formula's score in [0, 1]."""

    failing: int
    passing: int
    score: float


def spectra(run: TestRun, coverage: Coverage, formula: Formula) -> Mapping[CoveredLine, Spectrum]:
    """The spectrum of each line that a failing test executed.

    Only tests with coverage count: a test that failed while it was collected executed nothing.
    """
    failing = [coverage[case.id] for case in run.failing if coverage.get(case.id)]
    in_failing: Counter[CoveredLine] = Counter()
    for lines in failing:
        in_failing.update(lines)
    suspects = frozenset(in_failing)
    in_passing: Counter[CoveredLine] = Counter()
    passing = 0
    for case in run.passing:
        lines = coverage.get(case.id, frozenset())
        passing += bool(lines)
        in_passing.update(suspects & lines)
    found = {}
    for line, count in in_failing.items():
        score = formula(count, in_passing[line], len(failing), passing)
        found[line] = Spectrum(count, in_passing[line], score)
    return found


def spectrum_evidence(
    found: Mapping[CoveredLine, Spectrum], outlines: Outlines, weights: Weights
) -> Iterator[Evidence]:
    """Evidence against each line that a failing test executed in a call.

    Lines that run on import (`def`, `class`, decorators, constants) are left out: a test that
    happens to import a module first executes them all, and they say nothing about its failure.
    """
    for path, lines in _by_file(found).items():
        outline = outlines.get(path)
        if outline is None:
            continue
        best: dict[Function, float] = {}
        for line, spectrum in lines.items():
            if outline.runs_in_call(line):
                strength = weights.spectrum * spectrum.score
                reason = (
                    f"executed by {spectrum.failing} failing and {spectrum.passing} passing tests"
                )
                yield Evidence(path, line, "spectrum", strength, reason)
                if function := outline.function_at(line):
                    best[function] = max(strength, best.get(function, 0.0))
        for function, strength in best.items():
            for line in outline.statements_in_calls.intersection(range(*function.body)):
                if line not in lines:
                    reason = "not executed by failing tests, unlike other lines of its function"
                    yield Evidence(path, line, "spectrum", strength * weights.idle, reason)


def _by_file(found: Mapping[CoveredLine, Spectrum]) -> Mapping[str, Mapping[int, Spectrum]]:
    files: dict[str, dict[int, Spectrum]] = {}
    for (path, line), spectrum in found.items():
        files.setdefault(path, {})[line] = spectrum
    return files
