"""The part of a file that an edit can mean something for: the top-level statements it touches.

Parsing and dumping the whole of a 5,000-line file takes a third of a second, and there are
thousands of candidates.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from repairlsp import syntax
from repairlsp.source import SourceText

UNFIT = (SyntaxError, ValueError, RecursionError, MemoryError)
"""What parsing, compiling or dumping raises for text that no one should run."""


@dataclass(frozen=True, slots=True)
class Region:
    """The whole top-level statements around a change; `start` lines of the source stand before
    them. Where the source cannot be parsed, it is the whole file and `is_parsed` is false."""

    start: int
    before: tuple[str, ...]
    after: tuple[str, ...]
    is_parsed: bool = True


def changed_region(source: SourceText, edited: SourceText) -> Region:
    """The region of `source` that `edited` has otherwise."""
    old, new = source.lines, edited.lines
    first = _common(old, new)
    tail = min(_common(old[::-1], new[::-1]), len(old) - first, len(new) - first)
    last = len(old) - tail
    statements = _statements(source)
    if statements is None:
        start, end = 0, len(old)
    else:
        # A change right after a statement may become a part of it.
        touched = [each for each in statements if each[0] <= last and each[1] >= first]
        start = min([first, *(each[0] for each in touched)])
        end = max([last, *(each[1] for each in touched)])
    after = new[start : end + len(new) - len(old)]
    return Region(start, old[start:end], after, statements is not None)


def can_be_parsed(source: SourceText) -> bool:
    return _statements(source) is not None


class Imports(NamedTuple):
    """What the imports of a file mean for the code of each function in it: the `__future__`
    features, and the names that module level imports, since Python compiles the call of `module.f`
    otherwise than that of `object.f`."""

    future: tuple[str, ...]
    names: tuple[str, ...]


@lru_cache(maxsize=16)
def imports_of(source: SourceText) -> Imports:
    """The imports of a source; none where it cannot be parsed, when its region is all of it."""
    future, names = [], []
    for node in _module_level(parse("\n".join(source.lines))) if can_be_parsed(source) else ():
        if isinstance(node, ast.ImportFrom) and node.module == "__future__":
            future += [alias.name for alias in node.names]
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names += [alias.asname or alias.name.partition(".")[0] for alias in node.names]
    return Imports(tuple(future), tuple(dict.fromkeys(name for name in names if name != "*")))


def _module_level(tree: ast.AST) -> Iterator[ast.AST]:
    """The nodes that are not in a function or class."""
    for node in ast.iter_child_nodes(tree):
        yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.expr):
            yield from _module_level(node)


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many items two sequences have in common from the start."""
    for index, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return index
    return min(len(one), len(other))


@lru_cache(maxsize=16)
def _statements(source: SourceText) -> tuple[tuple[int, int], ...] | None:
    """The lines of each top-level statement, from 0 and half-open; None for a syntax error."""
    try:
        module = parse("\n".join(source.lines))
    except UNFIT:
        return None
    return tuple(
        (
            min([node.lineno, *(each.lineno for each in getattr(node, "decorator_list", []))]) - 1,
            node.end_lineno or node.lineno,
        )
        for node in module.body
    )


@lru_cache(maxsize=8)  # the filter and the fingerprint parse the same text; trees are large
def parse(text: str) -> ast.Module:
    """Raises one of `UNFIT`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # an invalid escape in the user's code is not our topic
        return syntax.parse(text)
