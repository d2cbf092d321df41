"""From a rewrite to the smallest edit of whole lines."""

from __future__ import annotations

from collections.abc import Sequence

from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.target import Target
from repairlsp.splice import SplicedLines, splice
from repairlsp.types import Edit, LineSpan


def edit_of(target: Target, rewrite: Rewrite) -> Edit | None:
    """The rewrite's edit without the lines it leaves alone; None when it changes nothing."""
    change = rewrite.change
    if not isinstance(change, SplicedLines):
        change = splice(target.lines, change)
    (start, end), whole = change.span, "\n".join(change.lines)  # an expression may hold line ends
    lines = [line.rstrip() for line in whole.split("\n")] if change.lines else []
    old = [line.rstrip() for line in target.lines[start - 1 : end - 1]]
    kept = [
        new if new != was else target.lines[start - 1 + at]
        for at, (new, was) in enumerate(zip(lines, old, strict=False))
    ] + lines[len(old) :]
    return _smallest(target, start, end, kept)


def _smallest(target: Target, start: int, end: int, lines: list[str]) -> Edit | None:
    old: Sequence[str] = target.lines
    first, last = 0, len(lines)
    while first < last and start < end and lines[first] == old[start - 1]:
        first, start = first + 1, start + 1
    while first < last and start < end and lines[last - 1] == old[end - 2]:
        last, end = last - 1, end - 1
    if start == end and first == last:
        return None
    return Edit(target.path, LineSpan(start, end), tuple(lines[first:last]))


def outcome(target: Target, edit: Edit) -> Edit:
    """The same for all edits, made by `edit_of`, that leave the same text: as far down as it goes.

    A line put in above one like it might as well be put in below.
    """
    (start, end), new, old = edit.span, list(edit.lines), target.lines
    if start == end:
        while start <= len(old) and old[start - 1] == new[0]:
            new, start, end = [*new[1:], new[0]], start + 1, end + 1
    elif not new:
        while end <= len(old) and old[start - 1] == old[end - 1]:
            start, end = start + 1, end + 1
    return Edit(edit.path, LineSpan(start, end), tuple(new))
