"""Blocks of statements: where control leaves them, and what is below that."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

JUMPS = (ast.Return, ast.Raise, ast.Break, ast.Continue)


def blocks(tree: ast.AST) -> Iterator[list[ast.stmt]]:
    """Every list of statements in a tree."""
    for node in ast.walk(tree):
        for name in ("body", "orelse", "finalbody"):
            block = getattr(node, name, None)
            if isinstance(block, list) and block and isinstance(block[0], ast.stmt):
                yield block


def unreachable(tree: ast.AST) -> Iterator[ast.stmt]:
    """The statements that stand below one that never lets control through."""
    for block in blocks(tree):
        for place, statement in enumerate(block):
            if _leaves(statement):
                yield from block[place + 1 :]
                break


def _leaves(statement: ast.stmt) -> bool:
    match statement:
        case ast.If(body=body, orelse=[_, *_] as orelse):
            return _leaves(body[-1]) and _leaves(orelse[-1])
        case ast.With(body=body):
            return isinstance(body[-1], ast.Return | ast.Break | ast.Continue)
        case _:
            return isinstance(statement, JUMPS)


def work(statements: Sequence[ast.AST]) -> list[ast.stmt]:
    """The simple statements in some, nested ones too, that are neither jumps nor empty."""
    return [
        node
        for statement in statements
        for node in ast.walk(statement)
        if isinstance(node, ast.stmt)
        and not isinstance(node, (*JUMPS, ast.Pass, ast.Assert))
        and not hasattr(node, "body")
        and not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
    ]
