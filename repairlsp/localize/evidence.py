"""Evidence against a line, and how pieces of evidence add up to suspiciousness."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import fsum, prod
from typing import Literal, NamedTuple

from repairlsp.types import FaultLocation

EvidenceKind = Literal[
    "user", "diagnostic", "traceback", "spectrum", "mention", "constant", "history"
]


SHARPNESS = 1.75
"""Fitted like the weights, to the probability that the faulty line is given: with the noisy-or
itself it is 1 in 27 in packages that no weight has seen, with these odds 1 in 7."""
_DOUBT = 1e-4
"""Nothing is certain."""
_LEAST = 1e-12
"""Odds of what is hardly accused at all, so that no suspiciousness is 0."""


class Evidence(NamedTuple):
    """`strength`, in [0, 1], is how likely this alone makes the line the faulty one.

    `reason` is a short phrase for people.
    """

    path: str
    line: int
    kind: EvidenceKind
    strength: float
    reason: str


def by_share(strength: float, tests: int, failing: int, from_one: float) -> float:
    """The strength of evidence that `tests` of the `failing` tests give, at least `from_one` of it.

    One fault explains all failures more often than not, so what explains few of them is weaker.
    """
    return strength * (from_one + (1 - from_one) * tests / failing)


def combine(evidence: Iterable[Evidence]) -> tuple[FaultLocation, ...]:
    """One location for each accused line, most suspicious first, then by path and line.

    Kinds of evidence are independent witnesses and combine by noisy-or, 1 - prod(1 - strength)
    (Pearl, Probabilistic Reasoning in Intelligent Systems, 1988, section 4.3.2): more evidence
    never makes a line less suspicious. Within a kind only the strongest counts, or else ten failing
    tests with one traceback would be ten witnesses.

    The odds of that, to the power of `SHARPNESS`, in proportion to those of all accused lines, are
    the suspiciousness: about the probability that the line is the faulty one, if one is.
    """
    strongest: dict[tuple[str, int], dict[EvidenceKind, Evidence]] = {}
    for piece in evidence:
        kinds = strongest.setdefault((piece.path, piece.line), {})
        known = kinds.get(piece.kind)
        if piece.strength > 0 and (known is None or piece.strength > known.strength):
            kinds[piece.kind] = piece
    accused = {place: list(kinds.values()) for place, kinds in strongest.items() if kinds}
    odds = {place: _odds(pieces) for place, pieces in accused.items()}
    total = fsum(odds.values())
    locations = [
        FaultLocation(
            path,
            line,
            odds[path, line] / total,
            "; ".join(piece.reason for piece in sorted(pieces, key=lambda piece: -piece.strength)),
        )
        for (path, line), pieces in accused.items()
    ]
    locations.sort(key=lambda location: (-location.suspiciousness, location.path, location.line))
    return tuple(locations)


def _odds(pieces: Sequence[Evidence]) -> float:
    none = prod(1 - piece.strength for piece in pieces)
    odds: float = ((1 - none) / (none + _DOUBT)) ** SHARPNESS
    return max(odds, _LEAST)
