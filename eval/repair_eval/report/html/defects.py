"""The list of defects: a line each, with a mark for what every configuration came to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from repair_eval.measures.outcome import REPAIRED, Outcome, outcome
from repair_eval.record import Attempt, Subject
from repair_eval.report.evaluation import Evaluation

SIGNS: Mapping[str, str] = MappingProxyType(
    {
        "correct": "✓",
        "plausible": "≈",
        "overfitting": "!",
        "failing": "✗",
        "no edit": "∅",
        "unjudged": "?",
        "breakdown": "⚠",
        "not tried": "·",
    }
)
"""Signs differ without their colours too."""


class Mark(NamedTuple):
    """`outcome` of the first attempt; `sign` also of several, as "2/5"."""

    outcome: str
    sign: str
    title: str


class Row(NamedTuple):
    """`differs`: some contestants repair it, and some do not."""

    subject: Subject
    marks: tuple[Mark, ...]
    differs: bool


def rows(evaluation: Evaluation) -> Iterator[Row]:
    """A row for each defect."""
    for subject in evaluation.subjects:
        marks = []
        firsts: set[bool] = set()
        for summary in evaluation.summaries:
            attempts = summary.results.by_defect.get(subject.id, ())
            marks.append(_mark(summary.name, attempts))
            if attempts and not summary.results.is_control:
                firsts.add(outcome(attempts[0]) in REPAIRED)
        yield Row(subject, tuple(marks), len(firsts) > 1)


def _mark(name: str, attempts: tuple[Attempt, ...]) -> Mark:
    if not attempts:
        return Mark("not tried", SIGNS["not tried"], f"{name}: not tried")
    found: list[Outcome] = [outcome(one) for one in attempts]
    if len(found) == 1:
        return Mark(found[0], SIGNS[found[0]], f"{name}: {found[0]}")
    hits = sum(one in REPAIRED for one in found)
    return Mark(found[0], f"{hits}/{len(found)}", f"{name}: {', '.join(found)}")
