"""Unified diffs that `git apply`, `patch -p1` and unidiff read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import takewhile
from typing import NamedTuple

from repairlsp.source import SourceText

_CONTEXT = 3
_ESCAPES = {7: "a", 8: "b", 9: "t", 10: "n", 11: "v", 12: "f", 13: "r", 34: '"', 92: "\\"}


class _Change(NamedTuple):
    """Physical lines [old_start, old_end) become [new_start, new_end), both counted from 0."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


def unified_diff(path: str, before: SourceText, after: SourceText) -> str:
    """The change of one file as a git-style diff, "" where there is none.

    A diff's lines end at "\\n" alone, so a CRLF file's keep their "\\r", and a lone "\\r" ends no
    line here. A byte-order mark is part of the first line.

    The diff is text, the file is bytes: to feed it to a tool, encode it in the file's own
    encoding (`after.encoding`). Its header is always ASCII, as git writes it by default. Never
    print it through a stream that translates line ends.
    """
    old, new = _physical_lines(before), _physical_lines(after)
    if old == new:
        return ""
    parts = [diff_header(path)]
    for hunk in _hunks(_changes(old, new)):
        parts.extend(_rendered(hunk, old, new))
    return "".join(parts)


def diff_header(path: str) -> str:
    """The lines above a file's first hunk, for a file that stays where it is."""
    # git ends a name that holds a space with a tab: it would be taken for a time stamp otherwise.
    tab = "\t" if " " in path else ""
    before, after = _quoted("a/" + path), _quoted("b/" + path)
    return f"diff --git {before} {after}\n--- {before}{tab}\n+++ {after}{tab}\n"


def _physical_lines(source: SourceText) -> list[str]:
    text = source.bom.decode("utf-8") + source.text
    lines = [line + "\n" for line in text.split("\n")]
    last = lines.pop()[:-1]
    return [*lines, last] if last else lines


def _changes(old: Sequence[str], new: Sequence[str]) -> list[_Change]:
    # Only what lies between the first and the last difference goes through the matcher, which
    # takes quadratic time in the number of equal lines.
    shortest = min(len(old), len(new))
    head = _common(zip(old, new, strict=False))
    tail = min(_common(zip(reversed(old), reversed(new), strict=False)), shortest - head)
    middle = SequenceMatcher(
        None, old[head : len(old) - tail], new[head : len(new) - tail], autojunk=False
    )
    return [
        _Change(old_start + head, old_end + head, new_start + head, new_end + head)
        for tag, old_start, old_end, new_start, new_end in middle.get_opcodes()
        if tag != "equal"
    ]


def _common(pairs: Iterator[tuple[str, str]]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _hunks(changes: Sequence[_Change]) -> Iterator[list[_Change]]:
    """Changes whose contexts would touch share a hunk."""
    hunk: list[_Change] = []
    for change in changes:
        if hunk and change.old_start - hunk[-1].old_end > 2 * _CONTEXT:
            yield hunk
            hunk = []
        hunk.append(change)
    yield hunk


def _rendered(hunk: Sequence[_Change], old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    first, last = hunk[0], hunk[-1]
    before = min(_CONTEXT, first.old_start)
    after = min(_CONTEXT, len(old) - last.old_end)
    old_range = _range(first.old_start - before, last.old_end + after)
    new_range = _range(first.new_start - before, last.new_end + after)
    yield f"@@ -{old_range} +{new_range} @@\n"
    at = first.old_start - before
    for change in hunk:
        yield from _marked(" ", old[at : change.old_start])
        yield from _marked("-", old[change.old_start : change.old_end])
        yield from _marked("+", new[change.new_start : change.new_end])
        at = change.old_end
    yield from _marked(" ", old[at : at + after])


def _range(start: int, end: int) -> str:
    """A hunk's range: an empty one names the line before it, a count of one is left out."""
    count = end - start
    return f"{start + 1 if count else start}" + ("" if count == 1 else f",{count}")


def _marked(mark: str, lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        yield mark + line
        if not line.endswith("\n"):
            yield "\n\\ No newline at end of file\n"


def _quoted(name: str) -> str:
    """The name as git writes it (core.quotePath): in quotes, with escapes, where it has to be."""
    data = name.encode("utf-8", "surrogateescape")
    if all(0x20 <= byte < 0x7F and byte not in b'"\\' for byte in data):
        return name
    return '"' + "".join(_escaped(byte) for byte in data) + '"'


def _escaped(byte: int) -> str:
    if byte in _ESCAPES:
        return "\\" + _ESCAPES[byte]
    return chr(byte) if 0x20 <= byte < 0x7F else f"\\{byte:03o}"
