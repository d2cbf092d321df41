"""Suggestions: the best candidates where no test decides, for an editor to show as unverified."""

from __future__ import annotations

from collections.abc import Iterator

from repairlsp.context import enclosing
from repairlsp.generate.candidates import Generator
from repairlsp.screen import Screen
from repairlsp.types import CancelToken, Candidate, LineSpan, RepairContext, RepairRequest


def places(request: RepairRequest, screen: Screen) -> Iterator[RepairContext]:
    """The functions that the request's diagnostics, or else its lines, are about."""
    for diagnostic in request.diagnostics:
        source = screen.source(diagnostic.path)
        yield enclosing(source, diagnostic.path, diagnostic.span, diagnostic.message)
    if not request.diagnostics and request.lines:
        path = request.lines[0][0]
        numbers = [line for file, line in request.lines if file == path]
        span = LineSpan(min(numbers), max(numbers) + 1)
        yield enclosing(screen.source(path), path, span)


def suggest(
    request: RepairRequest,
    generator: Generator,
    screen: Screen,
    wanted: int,
    cancel: CancelToken,
) -> list[Candidate]:
    """The likeliest `wanted` candidates that pass every static check, best first, none twice."""
    found = [
        candidate
        for context in places(request, screen)
        # What no patch may touch (a file that git ignores, say) is not shown to the model either.
        if not screen.refuses(context.path)
        for candidate in generator.for_reading(screen.source(context.path), context, cancel)
    ]
    found.sort(key=lambda candidate: -candidate.score)
    seen: set[object] = set()
    kept = []
    for candidate in found:
        key = screen.key(candidate)
        if key is not None and key not in seen:
            seen.add(key)
            kept.append(candidate)
            if len(kept) == wanted:
                break
    return kept
