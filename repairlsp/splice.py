"""Rewrites of a syntax tree's nodes, as edits of whole lines.

`ast` positions are a line (from 1) and a column in UTF-8 bytes (from 0). Fix templates and bug
operators both say "replace this node's text by that"; this module turns it into lines.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from repairlsp.types import LineSpan


class Splice(NamedTuple):
    """Replace the text from (line, column) to (end_line, end_column) by `text`."""

    line: int
    column: int
    end_line: int
    end_column: int
    text: str


class SplicedLines(NamedTuple):
    """Whole lines that replace the lines of `span`."""

    span: LineSpan
    lines: tuple[str, ...]


_Located = ast.expr | ast.stmt | ast.arg | ast.keyword | ast.alias | ast.excepthandler


def replace_node(node: _Located, text: str) -> Splice:
    """The splice that puts `text` where `node`, which comes from `ast.parse`, stands."""
    assert node.end_lineno is not None and node.end_col_offset is not None
    return Splice(node.lineno, node.col_offset, node.end_lineno, node.end_col_offset, text)


def node_text(node: _Located, lines: Sequence[str]) -> str:
    """The node's source text, "\\n" between its lines. `lines` is the whole parsed text."""
    assert node.end_lineno is not None and node.end_col_offset is not None
    return text_between(lines, node.lineno, node.col_offset, node.end_lineno, node.end_col_offset)


def text_between(
    lines: Sequence[str], line: int, column: int, end_line: int, end_column: int
) -> str:
    """The text between two positions, "\\n" between lines."""
    if line == end_line:
        return lines[line - 1].encode()[column:end_column].decode()
    first = lines[line - 1].encode()[column:].decode()
    last = lines[end_line - 1].encode()[:end_column].decode()
    return "\n".join([first, *lines[line : end_line - 1], last])


def splice(lines: Sequence[str], splices: Iterable[Splice]) -> SplicedLines:
    """The smallest span of whole lines that the splices touch, and its new lines.

    `lines` is the whole text that the positions refer to. Raises ValueError when there is no
    splice, or when two overlap.
    """
    ordered = sorted(splices)
    if not ordered:
        raise ValueError("no splice")
    for before, after in pairwise(ordered):
        if before[2:4] > after[:2]:
            raise ValueError(f"splices overlap: {before} and {after}")
    start, end = ordered[0].line, max(part.end_line for part in ordered)
    pieces: list[str] = []
    at_line, at_column = start, 0
    for part in ordered:
        pieces.append(text_between(lines, at_line, at_column, part.line, part.column))
        pieces.append(part.text)
        at_line, at_column = part.end_line, part.end_column
    pieces.append(lines[at_line - 1].encode()[at_column:].decode())
    return SplicedLines(LineSpan(start, end + 1), tuple("".join(pieces).split("\n")))
