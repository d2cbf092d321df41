"""Statements that the module has, with what stands before and behind each: what may be missing."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from repairlsp.generate.templates.ingredients import Home, names_read
from repairlsp.generate.templates.parsing import Function
from repairlsp.generate.templates.roles import last_name

Shape = tuple[str, ...]
"""What kind of statement, about what: ("Assign", "total"), ("Expr", "append")."""

MAX_LINES = 3


class Snippet(NamedTuple):
    """A short statement. `lines` are without the indentation of its block."""

    statement: ast.stmt
    lines: tuple[str, ...]
    names: frozenset[str]
    home: Home
    before: Shape
    behind: Shape


@dataclass(frozen=True)
class Snippets:
    """A module's short statements, by the statement before and by the one behind."""

    behind: Mapping[Shape, Sequence[Snippet]]
    before: Mapping[Shape, Sequence[Snippet]]


@lru_cache(maxsize=4)
def snippets_of(module: ast.Module, lines: tuple[str, ...]) -> Snippets:
    """The module's snippets. `lines` is its text."""
    behind: defaultdict[Shape, list[Snippet]] = defaultdict(list)
    before: defaultdict[Shape, list[Snippet]] = defaultdict(list)
    for block, parent, home in _blocks(module):
        for at, statement in enumerate(block):
            text = _text(statement, lines)
            if text is not None and _movable(statement):
                names = names_read([statement])
                around = neighbours(block, at, at + 1, parent)
                found = Snippet(statement, text, names, home, *around)
                behind[found.before].append(found)
                before[found.behind].append(found)
    return Snippets(behind, before)


def neighbours(
    block: Sequence[ast.stmt], start: int, end: int, parent: ast.AST
) -> tuple[Shape, Shape]:
    """The shapes of what stands before block[start:end] and behind it."""
    edge = (type(parent).__name__,)
    before = shape(block[start - 1]) if start else ("first", *edge)
    behind = shape(block[end]) if end < len(block) else ("last", *edge)
    return before, behind


def shape(statement: ast.stmt) -> Shape:
    """The kind of a statement and the name that says most about it."""
    kind = type(statement).__name__
    match statement:
        case ast.Assign(targets=[target, *_]):
            return kind, last_name(target)
        case ast.AugAssign(target=target) | ast.AnnAssign(target=target) | ast.For(target=target):
            return kind, last_name(target)
        case ast.Expr(value=value) | ast.Return(value=ast.expr() as value):
            return kind, last_name(value)
        case ast.If(test=test) | ast.While(test=test):
            return kind, *sorted(names_read([test]) - {"self"})[:2]
        case _:
            return (kind,)


def _movable(statement: ast.stmt) -> bool:
    match statement:
        case ast.If(body=[only], orelse=[]):
            return _movable(only) or isinstance(only, ast.Return | ast.Raise)
        case ast.Expr(value=ast.Constant()):
            return False
        case _:
            return isinstance(
                statement,
                ast.Assign | ast.AugAssign | ast.Expr | ast.Return | ast.Continue | ast.Break,
            )


def _text(statement: ast.stmt, lines: Sequence[str]) -> tuple[str, ...] | None:
    """The statement's whole lines, dedented; None where it shares them, or has too many."""
    assert statement.end_lineno is not None and statement.end_col_offset is not None
    start, end = statement.lineno, statement.end_lineno
    if end - start >= MAX_LINES:
        return None
    indent = lines[start - 1][: len(lines[start - 1]) - len(lines[start - 1].lstrip())]
    rest = lines[end - 1].encode()[statement.end_col_offset :].decode().strip()
    if len(indent) != statement.col_offset or (rest and not rest.startswith("#")):
        return None
    if isinstance(statement, ast.If) and lines[start - 1].lstrip().startswith("elif"):
        return None
    own = list(lines[start - 1 : end])
    if rest:
        own[-1] = own[-1][: len(own[-1].rstrip()) - len(rest)].rstrip()
    return tuple(line.removeprefix(indent) for line in own)


def _blocks(module: ast.Module) -> Iterator[tuple[list[ast.stmt], ast.AST, Home]]:
    """The blocks of statements within functions."""
    stack: list[tuple[ast.AST, Home]] = [(module, Home(None, None))]
    while stack:
        node, home = stack.pop()
        if isinstance(node, Function):
            home = home._replace(function=node)
        elif isinstance(node, ast.ClassDef):
            home = Home(None, node)
        for _, value in ast.iter_fields(node):
            if not isinstance(value, list) or not value:
                continue
            if isinstance(value[0], ast.stmt) and home.function is not None:
                yield value, node, home
            if isinstance(value[0], ast.stmt | ast.excepthandler | ast.match_case):
                stack.extend((each, home) for each in value)
