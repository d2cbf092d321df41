"""What a patch changes, place by place, as reports anchor their remarks and suggestions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from repairlsp.types import LineSpan, Patch

if TYPE_CHECKING:
    from unidiff.patch import Hunk


@dataclass(frozen=True, slots=True)
class Change:
    """The lines of `span` in `path` become others.

    `before` and `after` are the old and the new lines without their ends; one of them may be empty.
    `newline` is the file's line end there. `previous` is the line above the change, None at the
    file's start; `is_last` says that no line is below it. Lines end at "\\n", as they do for
    whoever shows a diff.
    """

    path: str
    span: LineSpan
    before: tuple[str, ...]
    after: tuple[str, ...]
    newline: str
    previous: str | None
    is_last: bool


class Replacement(NamedTuple):
    """Text that replaces what is between two positions; lines and columns from 1, the end is
    exclusive. An insertion starts where it ends."""

    start_line: int
    start_column: int
    end_line: int
    end_column: int
    text: str


def by_file(patch: Patch) -> Iterator[tuple[str, str]]:
    """The patch's diff in parts: the path of each file that it changes, and that file's diff."""
    from repairlsp.patches import diff_header  # as unidiff below: `--version` need not pay for it

    paths = dict.fromkeys(edit.path for edit in patch.edits)
    # No line of a hunk starts with "d": each has a mark before it.
    for part in re.split(r"^(?=diff --git )", patch.diff, flags=re.MULTILINE):
        yield from ((path, part) for path in paths if part.startswith(diff_header(path)))


def changes(patch: Patch) -> tuple[Change, ...]:
    """The places that the patch changes, in the order of its diff."""
    from unidiff.patch import PatchSet

    return tuple(
        change
        for path, part in by_file(patch)
        for file in PatchSet(part)
        for hunk in file
        for change in _in_hunk(path, hunk)
    )


def replacement(change: Change, width: Callable[[str], int]) -> Replacement:
    """The change as a replacement of text, with columns in what `width` counts: UTF-8 bytes, say.

    Whole lines, so that whoever takes only replacements of whole lines can take it as well.
    """
    start, end = change.span
    last = 1 + width(change.before[-1]) if change.before else 1
    text = change.newline.join(change.after)
    if change.before and change.after:
        return Replacement(start, 1, end - 1, last, text)
    if not change.is_last:
        return Replacement(start, 1, end, 1, text + change.newline if change.after else "")
    if change.previous is None:  # all that the file holds
        return Replacement(1, 1, max(end - 1, 1), last, text)
    above = 1 + width(change.previous)
    if change.after:
        return Replacement(start - 1, above, start - 1, above, change.newline + text)
    return Replacement(start - 1, above, end - 1, last, "")


class _Line(NamedTuple):
    kind: str
    text: str
    end: str


def _in_hunk(path: str, hunk: Hunk) -> Iterator[Change]:
    lines = [_line(line.line_type, line.value) for line in hunk if line.line_type in " +-"]
    number = hunk.source_start + (not hunk.source_length)
    at = 0
    while at < len(lines):
        if lines[at].kind == " ":
            number, at = number + 1, at + 1
            continue
        stop = next((i for i in range(at, len(lines)) if lines[i].kind == " "), len(lines))
        group = lines[at:stop]
        before = tuple(line.text for line in group if line.kind == "-")
        after = tuple(line.text for line in group if line.kind == "+")
        if before != after:  # else only the line end of the file's last line changes
            yield Change(
                path=path,
                span=LineSpan(number, number + len(before)),
                before=before,
                after=after,
                newline=next((line.end for line in lines if line.end), "\n"),
                previous=lines[at - 1].text if at else None,
                is_last=stop == len(lines),
            )
        number, at = number + len(before), stop


def _line(kind: str, value: str) -> _Line:
    text, end = re.fullmatch(r"(.*?)(\r?\n|)", value, re.DOTALL).groups()  # type: ignore[union-attr]
    return _Line(kind, text.removeprefix("\ufeff"), end)
