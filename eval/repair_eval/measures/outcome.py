"""What came of an attempt, in one word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, get_args

from repair_eval.measures.proportion import Share
from repair_eval.measures.results import Results
from repair_eval.record import Attempt, Sample

Outcome = Literal[
    "correct", "plausible", "overfitting", "failing", "no edit", "unjudged", "breakdown"
]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
MEANING: Mapping[Outcome, str] = MappingProxyType(
    {
        "correct": "the first answer that passes the visible tests passes the hidden ones too",
        "plausible": "it passes the visible tests, and there are no hidden ones",
        "overfitting": "it passes the visible tests, and a hidden one fails",
        "failing": "no answer passes the visible tests",
        "no edit": "no answer was a well-formed edit that changes something",
        "unjudged": "answers wait for `repair-eval judge`",
        "breakdown": "the machinery broke down in every try; counted as no repair",
    }
)
_JUDGED: Mapping[bool | None, Outcome] = MappingProxyType(
    {True: "correct", False: "overfitting", None: "plausible"}
)
REPAIRED: frozenset[Outcome] = frozenset({"correct", "plausible"})


def is_repair(sample: Sample) -> bool:
    """Whether an answer passes all tests that there are."""
    return bool(sample.plausible if sample.correct is None else sample.correct)


def outcome(attempt: Attempt) -> Outcome:
    """What somebody has who tries the answers in order, and takes the first that passes the visible
    tests."""
    if attempt.status == "failed":
        return "breakdown"
    edits = [sample for sample in attempt.samples if sample.well_formed and sample.diff]
    for sample in edits:
        if sample.plausible is None:
            return "unjudged"
        if sample.plausible:
            return _JUDGED[sample.correct]
    return "failing" if edits else "no edit"


def is_repaired(attempt: Attempt) -> bool:
    """Whether what they take passes all tests that there are."""
    return outcome(attempt) in REPAIRED


def outcomes(results: Results) -> Counter[Outcome]:
    """How many attempts came to what."""
    return Counter(map(outcome, results.attempts))


def repaired(results: Results) -> Share:
    """Attempts that are repaired."""
    return _share(results, *REPAIRED)


def plausible(results: Results) -> Share:
    """Attempts with an answer that passes the visible tests."""
    return _share(results, "correct", "plausible", "overfitting")


def overfitting(results: Results) -> Share:
    """Of the plausible patches that hidden tests judged, those that they refute (the overfitting
    rate of Smith et al., ESEC/FSE 2015)."""
    found = [one for one in results.attempts if outcome(one) in ("correct", "overfitting")]
    refuted = sum(outcome(one) == "overfitting" for one in found)
    return Share.of(refuted, len(found), len({one.defect for one in found}))


def _share(results: Results, *wanted: Outcome) -> Share:
    hits = sum(outcome(attempt) in wanted for attempt in results.attempts)
    return Share.of(hits, len(results.attempts), len(results.by_defect))
