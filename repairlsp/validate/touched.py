"""The statements that a candidate's edits change: where they stood, and where they stand now."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from repairlsp.types import Edit
from repairlsp.validate.region import UNFIT, Region, parse


class Touched(NamedTuple):
    """Line numbers of the file before an edit, and after all of them."""

    before: range
    after: range


def touched(edits: Sequence[Edit], path: str, region: Region) -> Iterator[Touched]:
    """The whole statements that each of the file's edits is in. Of a statement with a body only
    the header counts, unless the edit changes the body as well."""
    shift = 0
    for edit in sorted((each for each in edits if each.path == path), key=lambda each: each.span):
        start, end = edit.span
        after = range(start + shift, start + shift + len(edit.lines))
        yield Touched(
            _whole(range(start, end), region.before, region.start),
            _whole(after, region.after, region.start),
        )
        shift += len(edit.lines) - (end - start)


def _whole(lines: range, text: Sequence[str], above: int) -> range:
    """The lines, and those of the statements that they are part of; `above` lines stand before
    the text."""
    first, last = lines.start, lines.stop
    for start, end in _statements(text, above):
        if lines and start < lines.stop and lines.start < end:
            first, last = min(first, start), max(last, end)
    return range(first, last)


def _statements(text: Sequence[str], above: int) -> Iterator[tuple[int, int]]:
    try:
        module = parse("\n".join(text))
    except UNFIT:
        return
    for node in ast.walk(module):
        if isinstance(node, ast.stmt):
            body = getattr(node, "body", None)
            end = body[0].lineno if body else (node.end_lineno or node.lineno) + 1
            yield node.lineno + above, max(end, node.lineno + 1) + above
