"""Spectrum-based localization: who executed the line, failing tests or passing ones?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from math import sqrt
from typing import NamedTuple

from repairlsp.localize.evidence import Evidence
from repairlsp.localize.outline import Outlines
from repairlsp.types import Coverage, CoveredLine, TestRun

_WEIGHT = 0.6
"""Strength of a perfect score: whole functions share one, so it says little about a single line."""


class Spectrum(NamedTuple):
    """How many failing and passing tests executed a line, and its Ochiai score in [0, 1]."""

    failing: int
    passing: int
    ochiai: float


def ochiai(executed_failing: int, executed_passing: int, failing: int) -> float:
    """Ochiai's coefficient, ef / sqrt(F * (ef + ep)), 0 where no failing test went.

    Abreu, Zoeteweij, van Gemund: On the Accuracy of Spectrum-based Fault Localization, TAICPART
    2007, section 2.
    """
    if executed_failing == 0:
        return 0.0
    return executed_failing / sqrt(failing * (executed_failing + executed_passing))


def spectra(run: TestRun, coverage: Coverage) -> Mapping[CoveredLine, Spectrum]:
    """The spectrum of each line that a failing test executed.

    Only tests with coverage count: a test that failed while it was collected executed nothing.
    """
    failing = [coverage[case.id] for case in run.failing if coverage.get(case.id)]
    in_failing: Counter[CoveredLine] = Counter()
    for lines in failing:
        in_failing.update(lines)
    suspects = frozenset(in_failing)
    in_passing: Counter[CoveredLine] = Counter()
    for case in run.passing:
        in_passing.update(suspects & coverage.get(case.id, frozenset()))
    return {
        line: Spectrum(count, in_passing[line], ochiai(count, in_passing[line], len(failing)))
        for line, count in in_failing.items()
    }


def spectrum_evidence(
    found: Mapping[CoveredLine, Spectrum], outlines: Outlines
) -> Iterator[Evidence]:
    """Evidence against each line that a failing test executed in a call.

    Lines that run on import (`def`, `class`, decorators, constants) are left out: a test that
    happens to import a module first executes them all, and they say nothing about its failure.
    """
    for (path, line), spectrum in found.items():
        outline = outlines.get(path)
        if outline is None or not outline.runs_in_call(line):
            continue
        reason = f"executed by {spectrum.failing} failing and {spectrum.passing} passing tests"
        yield Evidence(path, line, "spectrum", _WEIGHT * spectrum.ochiai, reason)
