"""Rewrites of whole statements: delete, insert, wrap, indent."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence

from repairlsp.generate.templates.parsing import Function
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.target import Target
from repairlsp.splice import SplicedLines
from repairlsp.types import LineSpan

Loop = ast.For | ast.AsyncFor | ast.While
Simple = (
    ast.Assign
    | ast.AugAssign
    | ast.AnnAssign
    | ast.Expr
    | ast.Return
    | ast.Raise
    | ast.Assert
    | ast.Delete
    | ast.Pass
    | ast.Break
    | ast.Continue
)
EXITS = (ast.Return, ast.Raise, ast.Break, ast.Continue)


def span(statement: ast.stmt) -> LineSpan:
    """The statement's lines, decorators included."""
    decorators: Iterable[ast.expr] = getattr(statement, "decorator_list", ())
    start = min([statement.lineno, *(node.lineno for node in decorators)])
    assert statement.end_lineno is not None
    return LineSpan(start, statement.end_lineno + 1)


def lines(target: Target, statement: ast.stmt) -> list[str]:
    """The statement's whole lines."""
    start, end = span(statement)
    return list(target.lines[start - 1 : end - 1])


def indentation(target: Target, statement: ast.stmt) -> str:
    """The blanks before the statement's first line."""
    line = target.lines[span(statement).start - 1]
    return line[: len(line) - len(line.lstrip())]


def owns_lines(target: Target, statement: ast.stmt) -> bool:
    """Whether its lines hold nothing else but a comment: no `;`, no block's header, no `elif`."""
    start, end = span(statement)
    before = target.lines[statement.lineno - 1].encode()[: statement.col_offset].decode()
    first = target.lines[start - 1].lstrip()
    after = target.lines[end - 2].encode()[statement.end_col_offset :].decode().strip()
    if before.strip() or first.startswith("elif"):
        return False
    return not after or after.startswith("#")


def step(target: Target) -> str:
    """One level of indentation, as the code around has it."""
    for node in target.nodes:
        body = getattr(node, "body", None)
        if isinstance(node, ast.stmt) and isinstance(body, list) and owns_lines(target, body[0]):
            outer, inner = indentation(target, node), indentation(target, body[0])
            if inner.startswith(outer) and inner != outer:
                return inner[len(outer) :]
    return "    "


def inserted_before(
    target: Target,
    statement: ast.stmt,
    new: Sequence[str],
    weight: float = 1.0,
    *,
    site: ast.AST | None = None,
) -> Rewrite:
    """Lines, without indentation of their own, put in front of the statement."""
    start = span(statement).start
    indent = indentation(target, statement)
    placed = tuple(indent + line for line in new)
    return Rewrite(site or statement, SplicedLines(LineSpan(start, start), placed), weight)


def inserted_after(
    target: Target,
    statement: ast.stmt,
    new: Sequence[str],
    weight: float = 1.0,
    *,
    site: ast.AST | None = None,
) -> Rewrite:
    """Lines, without indentation of their own, put behind the statement, in its block."""
    end = span(statement).end
    indent = indentation(target, statement)
    placed = tuple(indent + line for line in new)
    return Rewrite(site or statement, SplicedLines(LineSpan(end, end), placed), weight)


def deleted(target: Target, statement: ast.stmt, weight: float = 1.0) -> Rewrite:
    """The statement gone; `pass` in its place where its block would be empty."""
    alone = len(target.block_of(statement)) == 1
    left = (indentation(target, statement) + "pass",) if alone else ()
    return Rewrite(statement, SplicedLines(span(statement), left), weight)


def reindented(target: Target, statements: Sequence[ast.stmt], indent: str) -> list[str] | None:
    """The lines from the first to the last statement, moved to an indentation.

    Comments and blank lines between them come along. None where a string runs over several lines,
    since its text would change.
    """
    first, last = span(statements[0]).start, span(statements[-1]).end
    old = indentation(target, statements[0])
    for statement in statements:
        for node in ast.walk(statement):
            literal = isinstance(node, ast.JoinedStr) or (
                isinstance(node, ast.Constant) and isinstance(node.value, str | bytes)
            )
            if literal and isinstance(node, ast.expr) and node.end_lineno != node.lineno:
                return None
    moved = []
    for line in target.lines[first - 1 : last - 1]:
        if line.strip() and not line.startswith(old):
            return None
        moved.append(indent + line[len(old) :] if line.strip() else line)
    return moved


def first_statement(function: Function) -> ast.stmt:
    """The first statement after the docstring; the docstring where there is nothing else."""
    first = function.body[0]
    documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    return function.body[1] if documented and len(function.body) > 1 else first


def enclosing_loop(target: Target, node: ast.AST) -> Loop | None:
    """The innermost loop of the same function around the node."""
    for outer in target.ancestors(node):
        if isinstance(outer, Loop):
            return outer
        if isinstance(outer, Function | ast.ClassDef | ast.Lambda):
            return None
    return None
