"""How many candidates the search tries before the right one, by the templates' own scores."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, islice
from math import prod

from localization.measure import Scene
from repairlsp.context import contexts
from repairlsp.generate import templates
from repairlsp.localize.evidence import Evidence, combine
from repairlsp.localize.weights import Weights
from repairlsp.source import SourceText
from repairlsp.types import FaultLocation

FUNCTIONS = 10
PER_FUNCTION = 300


def tried_before(scene: Scene, weights: Weights, *, blunt: bool = False) -> int | None:
    """How many candidates score better than the one that restores the original.

    With `blunt` lines are as suspicious as the noisy-or says, instead of its sharpened odds. None
    where the fix is not among the candidates of the `FUNCTIONS` most suspicious functions.
    """
    case = scene.case
    evidence = scene.evidence(weights, "ochiai")
    locations = _blunt(evidence) if blunt else combine(evidence)
    right = SourceText.from_bytes((case.folder / case.path).read_bytes()).lines
    found = list(
        chain.from_iterable(
            islice(templates.propose(case.source(context.path), context), PER_FUNCTION)
            for context in contexts(locations, case.source, limit=FUNCTIONS)
        )
    )
    found.sort(key=lambda candidate: -candidate.score)
    start, end = case.edit.span.start, case.edit.span.start + len(case.edit.lines)
    buggy = case.source(case.path)
    for tried, candidate in enumerate(found):
        if all(
            edit.path == case.path and start <= edit.span.start and edit.span.end <= end
            for edit in candidate.edits
        ):
            lines = [line.rstrip() for line in buggy.apply(candidate.edits).lines]
            if lines == [line.rstrip() for line in right]:
                return tried
    return None


def _blunt(evidence: Iterable[Evidence]) -> list[FaultLocation]:
    strongest: dict[tuple[str, int], dict[str, float]] = {}
    for piece in evidence:
        kinds = strongest.setdefault((piece.path, piece.line), {})
        kinds[piece.kind] = max(piece.strength, kinds.get(piece.kind, 0.0))
    return [
        FaultLocation(path, line, 1 - prod(1 - strength for strength in kinds.values()), "")
        for (path, line), kinds in strongest.items()
    ]
