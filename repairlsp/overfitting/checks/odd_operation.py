"""Operations that nobody means: they give the tested value by the accident of how it is stored."""

from __future__ import annotations

import ast

from repairlsp.overfitting.comparison import Comparison
from repairlsp.overfitting.conditions import same
from repairlsp.overfitting.registry import Example, check

_BITS = (ast.BitAnd, ast.BitOr, ast.BitXor, ast.LShift, ast.RShift)


@check(
    "bit-operation",
    "suspicious",
    "computes with bits where the code around does not",
    marked=[
        Example(
            "def shares(share, rest):\n"
            "    return [share - 1 if n < rest else share for n in range(9)]",
            "def shares(share, rest):\n"
            "    return [share ^ 1 if n < rest else share for n in range(9)]",
            "AssertionError",
        ),
    ],
    unmarked=[
        Example(
            "def merged(one, other):\n    return one + other",
            "def merged(one, other):\n    return one | other",
            "TypeError",
        ),
        Example(
            "def flags(a, b):\n    return a & 1 | b + 2",
            "def flags(a, b):\n    return a & 1 | b & 2",
        ),
    ],
)
def bit_operation(comparison: Comparison) -> bool:
    if "TypeError" in comparison.failure.raised:  # `+` of two sets, say
        return False
    for old, new in comparison.pairs:
        match old, new:
            case (
                ast.BinOp(op=before) | ast.AugAssign(op=before),
                ast.BinOp(op=after) | ast.AugAssign(op=after),
            ) if isinstance(after, _BITS) and not isinstance(before, _BITS):
                return not any(isinstance(node, _BITS) for node in ast.walk(comparison.old.tree))
    return False


@check(
    "repeated-operand",
    "suspicious",
    "combines a value with itself",
    marked=[
        Example(
            "def frame(width, border):\n    return (width + border) * 2",
            "def frame(width, border):\n    return (border + border) * 2",
        ),
        Example(
            "def ready(a, b):\n    return a.done and b.done",
            "def ready(a, b):\n    return a.done and a.done",
        ),
    ],
    unmarked=[
        Example(
            "def square(a, b):\n    return a * b",
            "def square(a, b):\n    return a * a",
        ),
    ],
)
def repeated_operand(comparison: Comparison) -> bool:
    for node in comparison.added(ast.BinOp, ast.BoolOp):
        match node:
            case ast.BinOp(left=left, op=operation, right=right):
                if not isinstance(operation, ast.Mult | ast.Pow) and _same_name(left, right):
                    return True
            case ast.BoolOp(values=[*values]):
                if any(same(a, b) for n, a in enumerate(values) for b in values[n + 1 :]):
                    return True
    return False


def _same_name(left: ast.expr, right: ast.expr) -> bool:
    return not isinstance(left, ast.Constant) and same(left, right)
