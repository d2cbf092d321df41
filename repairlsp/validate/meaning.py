"""What a syntax tree says, without what can never run: equal for programs that do the same."""

from __future__ import annotations

import ast
import copy
from collections.abc import Sequence

_EXITS = (ast.Return, ast.Raise, ast.Continue, ast.Break)
_INERT = (*_EXITS, ast.Pass, ast.Expr)
"""Statements that change nothing where they are never reached. An assignment does: it makes a name
local; and so does a `yield`, which makes a function a generator."""


def meaning(module: ast.Module) -> str:
    """The tree as text, without statements behind a `return` or the like, and without `pass` where
    it stands for nothing. The tree is left as it is."""
    if any(len(_kept(block)) < len(block) for _, _, block in _blocks(module)):
        module = copy.deepcopy(module)
        for node, name, block in _blocks(module):
            setattr(node, name, _kept(block))
    return ast.dump(module)


def _blocks(module: ast.Module) -> list[tuple[ast.AST, str, list[ast.stmt]]]:
    return [
        (node, name, block)
        for node in ast.walk(module)
        for name in ("body", "orelse", "finalbody")
        if isinstance(block := getattr(node, name, None), list) and len(block) > 1
    ]


def _kept(block: Sequence[ast.stmt]) -> list[ast.stmt]:
    end = next((at for at, one in enumerate(block, 1) if isinstance(one, _EXITS)), len(block))
    if not all(_is_inert(one) for one in block[end:]):
        end = len(block)
    return [one for one in block[:end] if not isinstance(one, ast.Pass)] or list(block[:1])


def _is_inert(statement: ast.stmt) -> bool:
    binds = ast.Yield | ast.YieldFrom | ast.Await | ast.NamedExpr
    return isinstance(statement, _INERT) and not any(
        isinstance(node, binds) for node in ast.walk(statement)
    )
