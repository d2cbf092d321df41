"""Evidence against one line is evidence against its function."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from repairlsp.localize.evidence import Evidence
from repairlsp.localize.outline import Outline
from repairlsp.localize.weights import Weights
from repairlsp.types import CoveredLine

_NEIGHBOURS = 2
"""Lines each way that share it where there is no function to see."""


def spread(
    piece: Evidence,
    outline: Outline | None,
    executed: Collection[CoveredLine] | None,
    weights: Weights,
) -> Iterator[Evidence]:
    """The evidence itself, and a share of it for the other lines of the innermost function.

    `executed` are the lines that the failing test ran; when given and not empty, lines of the
    function that did not run are not accused. Around a line of a file that does not parse, or
    outside any function, the nearest lines get the share: an unclosed bracket is reported on the
    line after its own.
    """
    if outline is None or outline.line_count == 0:
        return
    # A text that ends too soon is reported on the line after its last one.
    piece = piece._replace(line=min(max(piece.line, 1), outline.line_count))
    yield piece
    function = outline.function_at(piece.line)
    if function is not None:
        others = range(*function.body)
    else:
        nearest = range(piece.line - _NEIGHBOURS, piece.line + _NEIGHBOURS + 1)
        others = range(max(nearest[0], 1), min(nearest[-1], outline.line_count) + 1)
    share = piece._replace(strength=piece.strength * weights.spread, reason=f"near: {piece.reason}")
    for line in others:
        if line != piece.line and (not executed or CoveredLine(piece.path, line) in executed):
            yield share._replace(line=line)
