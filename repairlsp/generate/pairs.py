"""Two edits at once, for what no single edit repairs: the best pairs first, made as they are asked.

A function with 2,000 candidates has two million pairs. They come in the order of their score sums
without being listed: of a sorted list, the best pair that holds the i-th item and no better one is
known when the one before it is taken.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise

from repairlsp.types import Candidate, Edit

LIMIT = 20_000
"""Pairs in all: minutes of checking, where tests take milliseconds."""
TWO_BUGS = math.log(0.2)
"""How much rarer two bugs in one function are than one. A guess near the 0.29 of the model's
training samples (`bugs` in training/embedded.toml), not a measurement."""


def pairs(singles: Iterable[Iterable[Candidate]], *, limit: int = LIMIT) -> Iterator[Candidate]:
    """Candidates of two edits each, most promising first, at most `limit`.

    `singles` are the candidates of each function, of which both edits come. A pair's score is that
    both are right. Edits of a pair do not touch one another's lines.
    """
    ordered = [sorted(function, key=_unlikelihood) for function in singles]
    streams = [_of_one_function(function) for function in ordered]
    return islice(heapq.merge(*streams, key=_unlikelihood), limit)


def with_half(
    half: Candidate, score: float, singles: Iterable[Candidate], *, limit: int = LIMIT
) -> Iterator[Candidate]:
    """Pairs that hold `half`, most promising first, at most `limit`.

    `half` is a candidate that is known to repair something, and is right with a log-probability of
    `score`. The `singles` may be of any function.
    """
    ordered = sorted(singles, key=_unlikelihood)
    together = (_together(half, single, score) for single in ordered)
    return islice((pair for pair in together if pair), limit)


def _unlikelihood(candidate: Candidate) -> float:
    return -candidate.score


def _of_one_function(singles: Sequence[Candidate]) -> Iterator[Candidate]:
    """Pairs of a sorted list, best first: each is reached from the one before it in its row."""
    if len(singles) < 2:
        return
    waiting = [(-singles[0].score - singles[1].score, 0, 1)]
    while waiting:
        _, at, other = heapq.heappop(waiting)
        if together := _together(singles[at], singles[other], singles[at].score + TWO_BUGS):
            yield together
        if other + 1 < len(singles):
            _push(waiting, singles, at, other + 1)
        if other == at + 1 and other + 1 < len(singles):
            _push(waiting, singles, other, other + 1)


def _push(
    waiting: list[tuple[float, int, int]], singles: Sequence[Candidate], at: int, other: int
) -> None:
    heapq.heappush(waiting, (-singles[at].score - singles[other].score, at, other))


def _together(one: Candidate, other: Candidate, score: float) -> Candidate | None:
    """Both, for the score of the other and `score`; None where they touch the same lines."""
    edits = tuple(sorted((*one.edits, *other.edits), key=lambda edit: (edit.path, edit.span)))
    if any(_touch(edit, after) for edit, after in pairwise(edits)):
        return None
    return Candidate(edits, _source(one, other), score=score + other.score)


def _touch(edit: Edit, after: Edit) -> bool:
    return edit.path == after.path and (
        after.span.start < edit.span.end or after.span.start == edit.span.start
    )


def _source(one: Candidate, other: Candidate) -> str:
    """`template:NAME+NAME`, where a half of the model's is called `model`."""
    names = [candidate.source.removeprefix("template:") for candidate in (one, other)]
    return "model" if names == ["model", "model"] else f"template:{'+'.join(names)}"
