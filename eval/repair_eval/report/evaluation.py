"""Runs, measured together: what every format of a report shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from repair_eval.measures import Comparison, Summary, compare_all, results_of, summarize
from repair_eval.measures.cost import BreakEven, break_even
from repair_eval.measures.prices import Prices
from repair_eval.record import Recorded, Run, Subject
from repair_eval.report.notes import notes
from repair_eval.report.part import part


@dataclass(frozen=True)
class Crossing:
    """The break-even volume of two configurations."""

    first: str
    second: str
    at: BreakEven


@dataclass(frozen=True)
class Evaluation:
    """`summaries` are the best first, controls last. `subjects` are the defects of all runs that
    were tried in one of them. `notes` say what to know before reading the figures."""

    runs: tuple[Run, ...]
    prices: Prices
    summaries: tuple[Summary, ...]
    comparisons: tuple[Comparison, ...]
    crossings: tuple[Crossing, ...]
    subjects: tuple[Subject, ...]
    notes: tuple[str, ...]

    @property
    def contestants(self) -> tuple[Summary, ...]:
        """Those that are no controls."""
        return tuple(one for one in self.summaries if not one.results.is_control)


def evaluate(
    runs: Sequence[tuple[str, Recorded]], prices: Prices, only: Sequence[str] = ()
) -> Evaluation:
    """Measure runs; each comes with what to call it, where a configuration is in two of them.
    `only` restricts them to some defects; see `part`, whose errors it raises."""
    runs = [(title, part(recorded, only)) for title, recorded in runs]
    summaries = sorted((summarize(one, prices) for one in results_of(runs)), key=_place)
    heads = tuple(recorded.run for _, recorded in runs)
    subjects = {one.id: one for run in heads for one in run.subjects if not one.skipped}
    contestants = [one for one in summaries if not one.results.is_control]
    return Evaluation(
        runs=heads,
        prices=prices,
        summaries=tuple(summaries),
        comparisons=compare_all([one.results for one in contestants]),
        crossings=tuple(_crossings(contestants)),
        subjects=tuple(subjects.values()),
        notes=tuple(notes(heads, summaries, only)),
    )


def _place(summary: Summary) -> tuple[bool, float]:
    return summary.results.is_control, -(summary.repaired.value or 0.0)


def _crossings(contestants: Sequence[Summary]) -> list[Crossing]:
    found = []
    for first, second in combinations(contestants, 2):
        if first.cost and second.cost:
            at = break_even((first.name, first.cost), (second.name, second.cost))
            found.append(Crossing(first.name, second.name, at))
    return found
