"""Fixes as ```suggestion blocks, which a reviewer takes with one click, where a pull request's diff
has the lines."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import NamedTuple

from unidiff.patch import Line, PatchSet


class Suggestion(NamedTuple):
    """Put `lines` in place of lines `start` to `end` (half-open, from 1) of `path`, as the pull
    request's head has them. `old_end` is the number that the last of them has in the version before
    the pull request, None where that does not have it."""

    path: str
    start: int
    end: int
    lines: tuple[str, ...]
    old_end: int | None = None

    @property
    def key(self) -> str:
        """Tells one suggestion from another, on every run alike."""
        parts = (self.path, str(self.start), str(self.end), *self.lines)
        return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:16]


class Split(NamedTuple):
    """The changes that can be suggested, and the number of those that cannot."""

    suggestions: tuple[Suggestion, ...]
    left_out: int


def suggestions(fix: str, pull_request: str) -> Split:
    """The changes of `fix` (a diff on top of the pull request's head) on lines that the pull
    request's own diff shows: hosts take comments on no others."""
    shown = _shown(pull_request)
    found, left_out = [], 0
    for change in _changes(fix):
        place = change and _placed(change, shown.get(change.path, []))
        if place:
            found.append(place)
        else:
            left_out += 1
    return Split(tuple(found), left_out)


def _placed(change: Suggestion, hunks: list[dict[int, int | None]]) -> Suggestion | None:
    if any(not line.isprintable() and not line.isascii() for line in change.lines):
        return None  # bytes of another encoding than UTF-8, or marks that reorder text
    for hunk in hunks:
        if all(line in hunk for line in range(change.start, change.end)):
            return change._replace(old_end=hunk[change.end - 1])
    return None


def _shown(diff: str) -> dict[str, list[dict[int, int | None]]]:
    """For each file, for each hunk, the new version's lines and the numbers that they had."""
    return {
        file.path: [
            {
                line.target_line_no: line.source_line_no
                for line in hunk
                if line.target_line_no is not None
            }
            for hunk in file
        ]
        for file in PatchSet(diff)
    }


def _changes(diff: str) -> Iterator[Suggestion | None]:
    """Each place that the diff changes; None for one that cannot be a suggestion: lines put in at
    the very start of a hunk, with no line above to hold on to."""
    for file in PatchSet(diff):
        for hunk in file:
            above: Line | None = None
            removed: list[Line] = []
            added: list[str] = []
            for line in [*hunk, None]:
                if line is not None and line.is_removed:
                    removed.append(line)
                elif line is not None and line.is_added:
                    added.append(_text(line))
                elif line is None or line.is_context:
                    if removed or added:
                        yield _change(file.path, above, removed, added)
                    above, removed, added = line, [], []


def _change(
    path: str,
    above: Line | None,
    removed: list[Line],
    added: list[str],
) -> Suggestion | None:
    if removed:
        start, last = removed[0].source_line_no, removed[-1].source_line_no
        assert start is not None and last is not None
        return Suggestion(path, start, last + 1, tuple(added))
    if above is None or above.source_line_no is None:
        return None
    at = above.source_line_no
    return Suggestion(path, at, at + 1, (_text(above), *added))


def _text(line: Line) -> str:
    return str(line.value).rstrip("\r\n")


def block(lines: tuple[str, ...], info: str = "suggestion") -> str:
    """A suggestion's block, fenced so that nothing in it can end it."""
    longest = max((len(run) for line in lines for run in re.findall("`{3,}", line)), default=2)
    fence = "`" * (longest + 1)
    return "\n".join([f"{fence}{info}", *lines, fence])
