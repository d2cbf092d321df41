"""From suspicious lines to the functions that a generator is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from types import MappingProxyType

from repairlsp.context.languages import language_of
from repairlsp.context.shape import Region, Shape
from repairlsp.source import SourceText
from repairlsp.types import FaultLocation, LineSpan, RepairContext

_SUM_SHARE = 0.05
"""The most that many suspicious lines add to a function's score, which is that of its worst line.

It settles ties: among functions whose worst lines are equal, the one with more of them goes first.
"""
_REST_OF_FUNCTION = 0.2
"""Suspiciousness of the lines that an editor's request did not point at."""


def contexts(
    locations: Sequence[FaultLocation],
    sources: Callable[[str], SourceText],
    *,
    limit: int,
    message: str = "",
) -> Iterator[RepairContext]:
    """At most `limit` contexts, the most suspicious function first.

    Each suspicious line is in exactly one or, where windows overlap, in the first of them.
    Raises what `sources` raises for a file that cannot be read.
    """
    by_path: dict[str, dict[int, float]] = {}
    for location in locations:
        if location.suspiciousness > 0:
            lines = by_path.setdefault(location.path, {})
            lines[location.line] = max(location.suspiciousness, lines.get(location.line, 0.0))
    found = [
        context
        for path, lines in by_path.items()
        for context in _of_file(sources(path), path, lines, message)
    ]
    found.sort(key=lambda context: (-_score(context), context.path, context.span))
    return islice(iter(found), limit)


def enclosing(source: SourceText, path: str, span: LineSpan, message: str = "") -> RepairContext:
    """The context of a diagnostic, a selection or, with an empty span, the line at the cursor.

    The function that holds the whole span, or else the one at its first line. Lines of the span
    are suspicious (1.0), those of the rest a little, as the fault is often above the symptom.
    """
    shape = Shape(source.lines, language_of(path))
    last = max(len(source.lines), 1)
    start = min(max(span.start, 1), last)
    pointed = LineSpan(start, min(max(span.end, start + 1), last + 1))
    region = shape.region(pointed)
    if not region.name:
        region = shape.region(LineSpan(start, start + 1))
    shown = shape.window(region, start)
    marks = {
        line: 1.0 if line in pointed else _REST_OF_FUNCTION
        for line in range(*shown)
        if source.lines[line - 1 : line] != ("",)
    }
    return _context(source, path, region.name, shown, marks, message)


def _of_file(
    source: SourceText, path: str, lines: Mapping[int, float], message: str
) -> Iterator[RepairContext]:
    shape = Shape(source.lines, language_of(path))
    groups: dict[Region, dict[int, float]] = {}
    for line, suspiciousness in lines.items():
        if 1 <= line <= len(source.lines):
            region = shape.region(LineSpan(line, line + 1))
            groups.setdefault(region, {})[line] = suspiciousness
    for region, pending in groups.items():
        while pending:
            worst = max(pending, key=lambda line: (pending[line], -line))
            shown = shape.window(region, worst)
            marks = {line: pending.pop(line) for line in sorted(pending) if line in shown}
            yield _context(source, path, region.name, shown, marks, message)


def _context(
    source: SourceText,
    path: str,
    name: str,
    span: LineSpan,
    marks: Mapping[int, float],
    message: str,
) -> RepairContext:
    lines = source.lines[span.start - 1 : span.end - 1]
    one_line = " ".join(message.split())
    return RepairContext(path, name, span, lines, MappingProxyType(dict(marks)), one_line)


def _score(context: RepairContext) -> float:
    values = context.suspiciousness.values()
    worst = max(values)
    rest = sum(values) - worst
    return worst + _SUM_SHARE * rest / (1 + rest)
