"""Evidence of many bugs as arrays, so that trying a setting of the weights costs milliseconds.

The strength of a piece of evidence is a product: a number that no weight changes, times weights
with whole exponents. Both are read off by asking for the evidence with weights of 1 and 1/2.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any, NamedTuple

import numpy as np

from localization.measure import UNFOUND, Rank, Scene
from repairlsp.localize.constants import STEPS, read_at_import
from repairlsp.localize.evidence import Evidence
from repairlsp.localize.weights import Weights
from repairlsp.types import CoveredLine

Array = Any
FITTED = (
    "innermost",
    "guard",
    "decay",
    "spread",
    "spectrum",
    "idle",
    "at_failure",
    "before",
    "unseen",
    "constant",
    "from_one",
)
GRID = tuple(round(0.05 * step, 2) for step in range(1, 20))
_KINDS = ("spectrum", "traceback", "mention", "constant")
_ONES = Weights(**dict.fromkeys(FITTED, 1.0))


class Pieces(NamedTuple):
    """Evidence, one row a piece: the number of its line and of its kind, what no weight changes
    (for a `from_one` of 0 and of 1), and the exponents of the fitted weights."""

    line: Array
    kind: Array
    from_zero: Array
    from_one: Array
    powers: Array


class Table:
    """One scene. A line's number is its place in `lines`."""

    def __init__(self, scene: Scene, formula: str = "ochiai") -> None:
        found = scene.direct_evidence(_ONES, formula)
        self._number: dict[tuple[str, int], int] = {}
        line = [self._line(piece) for piece in found]
        shares = _strengths(scene.direct_evidence(replace(_ONES, from_one=0.0), formula))
        whole = _strengths(found)
        powers = [
            np.round(-np.log2(_strengths(scene.direct_evidence(half, formula)) / whole))
            for half in (replace(_ONES, **{name: 0.5}) for name in FITTED[:-1])
        ]
        kinds = np.array([_KINDS.index(piece.kind) for piece in found], int)
        self.pieces = Pieces(np.array(line, int), kinds, shares, whole, np.array(powers).T)
        self._read_constants(scene)
        places = list(self._number)
        self.fair = np.array([scene.counts(path) for path, _ in places], bool)
        homes: dict[object, int] = {}
        keys = [scene.home(*place) for place in places]
        self.function = np.array([homes.setdefault(key, len(homes)) for key in keys], int)
        self.faulty = np.array([scene.is_faulty(*place) for place in places], bool)
        self.inside = np.array([scene.is_inside(*place) for place in places], bool)

    def _line(self, piece: Evidence) -> int:
        return self._number.setdefault((piece.path, piece.line), len(self._number))

    def _read_constants(self, scene: Scene) -> None:
        """Which line reads which constant."""
        self.reader: list[int] = []
        self.read: list[int] = []
        pending, seen = [*self._number], set(self._number)
        while pending:
            reader = CoveredLine(*pending.pop())
            for line in set(read_at_import(reader, scene.outlines, scene.modules)):
                self.reader.append(self._number[reader])
                self.read.append(self._number.setdefault(line, len(self._number)))
                if line not in seen:
                    seen.add(line)
                    pending.append(line)

    def suspiciousness(self, weights: Weights) -> Array:
        """Of every line, as `localize` has it; 0 for the lines of tests."""
        values = asdict(weights)
        logs = np.log([values[name] for name in FITTED[:-1]])
        pieces, share = self.pieces, weights.from_one
        strength = share * pieces.from_one + (1 - share) * pieces.from_zero
        strength = strength * np.exp(pieces.powers @ logs)
        kinds = np.zeros((len(self.fair), len(_KINDS)))
        np.maximum.at(kinds, (pieces.line, pieces.kind), strength)
        accused = kinds.max(axis=1)
        for _ in range(STEPS if self.read else 0):
            inherited = np.zeros_like(accused)
            np.maximum.at(inherited, self.read, accused[self.reader] * weights.constant)
            kinds[:, -1] = np.maximum(kinds[:, -1], inherited)
            accused = inherited
        return np.where(self.fair, 1 - np.prod(1 - kinds, axis=1), 0.0)

    def rank(self, weights: Weights) -> Rank:
        """Where the bug is ranked with these weights."""
        return self.place(self.suspiciousness(weights))

    def place(self, scores: Array) -> Rank:
        """Where the bug is when the lines have these scores."""
        functions = np.zeros(self.function.max(initial=0) + 1)
        np.maximum.at(functions, self.function, scores)
        inside = np.unique(self.function[self.inside & self.fair])
        return Rank(
            _mean_rank(scores, np.flatnonzero(self.faulty)),
            _mean_rank(functions, inside),
            bool((scores[self.faulty] > 0).any()),
        )


def _strengths(found: Sequence[Evidence]) -> Array:
    return np.array([piece.strength for piece in found])


def _mean_rank(scores: Array, wanted: Array) -> float:
    accused = scores[scores > 0]
    score = scores[wanted].max(initial=0.0)
    if score <= 0:
        return len(accused) + UNFOUND
    above = (accused > score + 1e-12).sum()
    same = (np.abs(accused - score) <= 1e-12).sum()
    return float(above + (same + 1) / 2)


def loss(tables: Sequence[Table], weights: Weights) -> float:
    """What is minimised: the mean of the logarithms (base 2) of the line's and function's rank.

    A search that looks at lines in order pays in proportion to the rank; its logarithm keeps a few
    hopeless cases from deciding everything.
    """
    ranks = [table.rank(weights) for table in tables]
    return sum(math.log2(each.line) + math.log2(each.function) for each in ranks) / len(ranks)


class Share(NamedTuple):
    """Scenes of one sort, and their part in what is minimised."""

    tables: Sequence[Table]
    part: float


def search(weights: Weights, shares: Sequence[Share], least: float = 0.01) -> Weights:
    """Coordinate search: one weight after the other is set to its best value of `GRID`, until a
    round gains less than `least`. Between equals the value that there was is kept."""

    def total(setting: Weights) -> float:
        return sum(share.part * loss(share.tables, setting) for share in shares)

    best, before = total(weights), math.inf
    while before - best > least:
        before = best
        for name in FITTED:
            for value in GRID:
                setting = replace(weights, **{name: value})
                found = total(setting)
                if found < best - 1e-9:
                    best, weights = found, setting
    return weights
