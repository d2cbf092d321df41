"""Which Python function encloses a line, found by indentation alone.

Good enough to name it in a menu, and fast: an editor asks on every cursor move, about a text that
may not even parse. The fix itself looks again, with a real parser.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

_DEF = re.compile(r"[ \t]*(?:async[ \t]+)?def[ \t]+(\w+)")
# What can stand at the top of an indented block. Only these end the search for a block: a line of
# a multi-line string or a comment may stand at any indentation.
_BLOCK = re.compile(
    r"[ \t]*(?:async|class|def|if|elif|else|for|while|with|try|except|finally|match|case)\b"
)
_DECORATOR = re.compile(r"[ \t]*@[\w(]")
_TRIPLE_QUOTES = re.compile(r"\"{3}|'{3}")
_BLANK = re.compile(r"[ \t\f]*(?:#.*)?[\r\n]*\Z")


class Function(NamedTuple):
    """A function's name and lines: `start` is its `def`, `end` the line after its last."""

    name: str
    start: int
    end: int


def enclosing_function(lines: Sequence[str], number: int) -> Function | None:
    """The innermost function around line `number` (from 0), its decorators included."""
    if number >= len(lines):
        return None
    number = _below_decorators(lines, number)
    if found := _DEF.match(lines[number]):
        return _whole(lines, number, found[1])
    block = _indent(lines[number])
    if _BLANK.match(lines[number]):
        block = _indent_around(lines, number)
    for above in range(number - 1, -1, -1):
        if block == 0:
            return None
        line = lines[above]
        if _BLANK.match(line) or _indent(line) >= block or not _BLOCK.match(line):
            continue
        if found := _DEF.match(line):
            return _whole(lines, above, found[1])
        block = _indent(line)
    return None


def _whole(lines: Sequence[str], start: int, name: str) -> Function:
    """The function whose `def` is at `start`, up to its last line of code."""
    indent, last, inside = _indent(lines[start]), start, ""
    for number in range(start, len(lines)):
        line = lines[number]
        outdented = number > start and not inside and _indent(line) <= indent
        if outdented and not _BLANK.match(line) and line.lstrip()[:1] not in ")]}":
            break
        if inside or not _BLANK.match(line):
            last = number
        for quotes in _TRIPLE_QUOTES.findall(line):
            if inside in ("", quotes):
                inside = "" if inside else quotes
    return Function(name, start, last + 1)


def _below_decorators(lines: Sequence[str], number: int) -> int:
    """The line of the `def` or `class` that the decorator at `number` belongs to."""
    at = number
    while at < len(lines) and _DECORATOR.match(lines[at]):
        at += 1
    return at if at < len(lines) and _BLOCK.match(lines[at]) else number


def _indent_around(lines: Sequence[str], number: int) -> int:
    """The indentation that a blank line belongs to: its neighbours', whichever is deeper."""
    above = next((n for n in range(number - 1, -1, -1) if not _BLANK.match(lines[n])), None)
    below = next((n for n in range(number + 1, len(lines)) if not _BLANK.match(lines[n])), None)
    neighbours = [_indent(lines[n]) for n in (above, below) if n is not None]
    if above is not None and below is not None and _indent(lines[below]) < _indent(lines[above]):
        # The last lines of a block: a blank line after it belongs to what follows.
        return _indent(lines[below]) if number > above + 1 else _indent(lines[above])
    return max(neighbours, default=0)


def _indent(line: str) -> int:
    """Columns of leading white space, tabs to the next multiple of 8 as Python counts them."""
    return len(line[: len(line) - len(line.lstrip(" \t"))].expandtabs(8))
