"""Operator precedence: when an expression's text needs parentheses where it is put.

The levels are those of the language reference, section 6.17, loosest first.
"""

from __future__ import annotations

import ast
from enum import IntEnum, auto


class Precedence(IntEnum):
    """How tightly an expression binds. A slot takes anything at least as tight as it asks for."""

    NAMED = auto()
    YIELD = auto()
    TUPLE = auto()
    TEST = auto()
    OR = auto()
    AND = auto()
    NOT = auto()
    COMPARE = auto()
    BIT_OR = auto()
    BIT_XOR = auto()
    BIT_AND = auto()
    SHIFT = auto()
    SUM = auto()
    TERM = auto()
    FACTOR = auto()
    POWER = auto()
    AWAIT = auto()
    ATOM = auto()


_BINARY: dict[type[ast.operator], Precedence] = {
    ast.BitOr: Precedence.BIT_OR,
    ast.BitXor: Precedence.BIT_XOR,
    ast.BitAnd: Precedence.BIT_AND,
    ast.LShift: Precedence.SHIFT,
    ast.RShift: Precedence.SHIFT,
    ast.Add: Precedence.SUM,
    ast.Sub: Precedence.SUM,
    ast.Mult: Precedence.TERM,
    ast.MatMult: Precedence.TERM,
    ast.Div: Precedence.TERM,
    ast.FloorDiv: Precedence.TERM,
    ast.Mod: Precedence.TERM,
    ast.Pow: Precedence.POWER,
}


def binary(operator: ast.operator) -> Precedence:
    """The level of a binary operator."""
    return _BINARY[type(operator)]


def precedence(node: ast.expr) -> Precedence:
    """The level of an expression as it is written without parentheses around it."""
    match node:
        case ast.NamedExpr():
            return Precedence.NAMED
        case ast.Yield() | ast.YieldFrom():
            return Precedence.YIELD
        case ast.Tuple() | ast.Slice() | ast.Starred():
            return Precedence.TUPLE
        case ast.IfExp() | ast.Lambda():
            return Precedence.TEST
        case ast.BoolOp(op=ast.Or()):
            return Precedence.OR
        case ast.BoolOp():
            return Precedence.AND
        case ast.UnaryOp(op=ast.Not()):
            return Precedence.NOT
        case ast.Compare():
            return Precedence.COMPARE
        case ast.BinOp():
            return binary(node.op)
        case ast.UnaryOp():
            return Precedence.FACTOR
        case ast.Await():
            return Precedence.AWAIT
        case _:
            return Precedence.ATOM


def slot(parent: ast.AST, child: ast.AST) -> Precedence:
    """The level that `child`'s place in `parent` asks for."""
    match parent:
        case ast.BinOp(op=ast.Pow()):
            return Precedence.AWAIT if child is parent.left else Precedence.FACTOR
        case ast.BinOp():
            level = binary(parent.op)
            return level if child is parent.left else Precedence(level + 1)
        case ast.UnaryOp(op=ast.Not()):
            return Precedence.NOT
        case ast.UnaryOp():
            return Precedence.FACTOR
        case ast.BoolOp(op=ast.Or()):
            return Precedence.AND
        case ast.BoolOp():
            return Precedence.NOT
        case ast.Compare() | ast.Starred():
            return Precedence.BIT_OR
        case ast.Attribute() | ast.Await():
            return Precedence.ATOM
        case ast.Call():
            return Precedence.ATOM if child is parent.func else Precedence.TEST
        case ast.Subscript():
            return Precedence.ATOM if child is parent.value else Precedence.TUPLE
        case ast.IfExp():
            return Precedence.TEST if child is parent.orelse else Precedence.OR
        case ast.comprehension():
            return Precedence.TEST if child is parent.target else Precedence.OR
        case ast.Dict():
            return Precedence.TEST if child in parent.keys else Precedence.BIT_OR
        case (
            ast.Return() | ast.Assign() | ast.AugAssign() | ast.Expr() | ast.For() | ast.AsyncFor()
        ):
            return Precedence.TUPLE
        case ast.If() | ast.While():
            return Precedence.NAMED
        case ast.Yield():
            return Precedence.TUPLE
        case _:
            return Precedence.TEST
