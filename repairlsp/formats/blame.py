"""Where in a patch's place the fault was thought to be."""

from __future__ import annotations

from repairlsp.types import FaultLocation, LineSpan, RepairResult


def blamed(path: str, span: LineSpan, result: RepairResult) -> FaultLocation:
    """The most suspicious line of the span; its first one, without evidence, where none was.

    An insertion blames the line that it precedes.
    """
    within = LineSpan(span.start, max(span.end, span.start + 1))
    inside = (place for place in result.locations if place.path == path and place.line in within)
    unknown = FaultLocation(path, span.start, 0.0, "")
    return max(inside, key=lambda place: place.suspiciousness, default=unknown)
