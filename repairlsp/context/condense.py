"""A function without the inside of its long docstring: the same code in fewer tokens."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import NamedTuple

from repairlsp.syntax import parse

_LONGEST_DOCSTRING = 3
"""Lines; longer ones are cut to their first and last. Median docstrings are shorter."""


class Condensed(NamedTuple):
    """`lines`, and where each stood: `numbers[i]` is the place, from 0, of `lines[i]`.

    `numbers` has one entry more, for the end.
    """

    lines: tuple[str, ...]
    numbers: tuple[int, ...]


def condense(lines: Sequence[str]) -> Condensed:
    """Drop the inner lines of the first docstring of a dedented function, if it is long.

    Lines that do not parse come back as they are.
    """
    drop = range(0)
    try:
        body = parse("\n".join(lines)).body
    except (SyntaxError, ValueError, RecursionError):
        body = []
    if body and isinstance(body[0], ast.FunctionDef | ast.AsyncFunctionDef):
        first = body[0].body[0]
        if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
            start, end = first.lineno, first.end_lineno or first.lineno
            if isinstance(first.value.value, str) and end - start >= _LONGEST_DOCSTRING:
                drop = range(start, end - 1)
    kept = [number for number in range(len(lines)) if number not in drop]
    return Condensed(tuple(lines[number] for number in kept), (*kept, len(lines)))
