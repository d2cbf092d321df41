"""The repair rate by what defects are like."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from repair_eval.measures import Summary
from repair_eval.measures.outcome import is_repaired
from repair_eval.record import Subject
from repair_eval.suite.vocabulary import DIFFICULTIES, SHAPES

FACETS = ("family", "difficulty", "shape", "language")
_ORDERS: Mapping[str, Sequence[str]] = MappingProxyType(
    {"difficulty": DIFFICULTIES, "shape": SHAPES}
)


class Row(NamedTuple):
    """One value of a facet: how many defects have it, and for each configuration (repaired,
    attempts)."""

    value: str
    defects: int
    cells: tuple[tuple[int, int], ...]


def facet(name: str, subjects: Sequence[Subject], summaries: Sequence[Summary]) -> list[Row]:
    """A row for each value: in their own order where they have one, else the most frequent
    first."""
    value_of = {subject.id: str(getattr(subject, name)) for subject in subjects}
    sizes = Counter(value_of.values())
    columns = [_counts(one, value_of) for one in summaries]
    own = _ORDERS.get(name, ())
    ordered = sorted(
        sizes, key=lambda at: (own.index(at) if at in own else len(own), -sizes[at], at)
    )
    return [
        Row(value, sizes[value], tuple((hits[value], tries[value]) for hits, tries in columns))
        for value in ordered
    ]


def _counts(summary: Summary, value_of: dict[str, str]) -> tuple[Counter[str], Counter[str]]:
    tries = Counter(value_of[one.defect] for one in summary.results.attempts)
    hits = Counter(value_of[one.defect] for one in summary.results.attempts if is_repaired(one))
    return hits, tries
