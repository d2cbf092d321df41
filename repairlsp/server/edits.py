"""A patch's line edits -> the text edits that an editor makes.

The text edits are small, so that the cursors, folds and marks next to them stay where they are,
and the document keeps its own line ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from lsprotocol import types

from repairlsp.server.documents import Document
from repairlsp.server.positions import Encoding
from repairlsp.source import SourceText
from repairlsp.types import Edit


class _Hunk(NamedTuple):
    """Lines `old` of the document become lines `new` of the repaired one; from 0, half-open."""

    old: range
    new: range


def text_edits(
    document: Document, edits: Iterable[Edit], encoding: Encoding
) -> list[types.TextEdit]:
    """The edits of one document, in its order. Raises PatchError when they do not fit it."""
    ordered = sorted(edits, key=lambda edit: edit.span)
    repaired = SourceText.from_text(document.text).apply(ordered)
    before = document.lines
    after = [line + end for line, end in zip(repaired.lines, repaired.ends, strict=True)]
    made = []
    for hunk in _hunks(before, after, ordered):
        old, new = _trim(before, after, hunk)
        if old or new:
            replacement = [after[number] for number in new]
            made.append(_text_edit(document, old, replacement, encoding))
    return made


def _hunks(before: Sequence[str], after: Sequence[str], edits: Iterable[Edit]) -> list[_Hunk]:
    """The edits as pairs of line ranges; those that touch are one."""
    hunks: list[_Hunk] = []
    shift = 0
    for edit in edits:
        start, end = edit.span.start - 1, edit.span.end - 1
        new_start, new_end = start + shift, start + shift + len(edit.lines)
        shift = new_end - end
        new_end = min(new_end, len(after))  # an empty line at the very end is no line
        if start > 0 and before[start - 1] != after[new_start - 1]:
            # Put below the last line of a file without a final newline, which gains one.
            start, new_start = start - 1, new_start - 1
        if hunks and start <= hunks[-1].old.stop:
            old, new = hunks.pop()
            start, new_start = old.start, new.start
        hunks.append(_Hunk(range(start, end), range(new_start, new_end)))
    return hunks


def _trim(before: Sequence[str], after: Sequence[str], hunk: _Hunk) -> _Hunk:
    """The hunk without the equal lines at its start and end."""
    old, new = hunk
    while old and new and before[old[0]] == after[new[0]]:
        old, new = old[1:], new[1:]
    while old and new and before[old[-1]] == after[new[-1]]:
        old, new = old[:-1], new[:-1]
    return _Hunk(old, new)


def _text_edit(
    document: Document, old: range, replacement: Sequence[str], encoding: Encoding
) -> types.TextEdit:
    """The edit that puts whole lines `replacement` in the place of lines `old`."""
    text = "".join(replacement)
    start, end = types.Position(old.start, 0), types.Position(old.stop, 0)
    if old:
        last = document.lines[old[-1]]
        kept = _line_end(last)
        if not kept or kept == _line_end(text):
            end = document.position(old[-1], len(last), encoding)
            text = text.removesuffix(kept)
    if len(old) == len(replacement) == 1 and end.line == start.line:
        line = document.line(old[0])
        head = _common(line, text)
        tail = _common(line[head:][::-1], text[head:][::-1])
        start = document.position(old[0], head, encoding)
        end = document.position(old[0], len(line) - tail, encoding)
        text = text[head : len(text) - tail]
    return types.TextEdit(types.Range(start, end), text)


def _common(one: str, other: str) -> int:
    """The length of the prefix that two texts share."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _line_end(text: str) -> str:
    return text[len(text.rstrip("\r\n")) :]
