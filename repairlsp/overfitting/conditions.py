"""The conditions of a program, and those among them that cannot go both ways."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterator, Mapping

_OPPOSITES: Mapping[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.GtE,
    ast.GtE: ast.Lt,
    ast.Gt: ast.LtE,
    ast.LtE: ast.Gt,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_TRUE_OF_EQUALS = (ast.Eq, ast.LtE, ast.GtE, ast.Is)
_FALSE_OF_EQUALS = (ast.NotEq, ast.Lt, ast.Gt, ast.IsNot)
_ORDERS: Mapping[type[ast.cmpop], Callable[[float, float], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
_NEVER_NEGATIVE = frozenset({"len", "abs"})


def conditions(tree: ast.AST) -> Iterator[ast.expr]:
    """What a tree branches on: tests of statements, expressions and comprehensions, assertions, and
    the operands inside them."""
    for node in ast.walk(tree):
        if isinstance(node, ast.If | ast.While | ast.IfExp | ast.Assert):
            yield from _operands(node.test)
        elif isinstance(node, ast.comprehension):
            for test in node.ifs:
                yield from _operands(test)


def _operands(test: ast.expr) -> Iterator[ast.expr]:
    yield test
    if isinstance(test, ast.BoolOp):
        for value in test.values:
            yield from _operands(value)
    elif isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        yield from _operands(test.operand)


def same(one: ast.AST, other: ast.AST) -> bool:
    """Whether two expressions are the same code, wherever they stand."""
    return type(one) is type(other) and ast.dump(one) == ast.dump(other)


def opposite(one: ast.expr, other: ast.expr) -> bool:
    """Whether one condition is the other's negation: `x` and `not x`, `a in b` and `a not in b`."""
    match one, other:
        case ast.UnaryOp(op=ast.Not(), operand=inner), _ if same(inner, other):
            return True
        case _, ast.UnaryOp(op=ast.Not(), operand=inner) if same(inner, one):
            return True
        case (
            ast.Compare(left=left, ops=[op], comparators=[right]),
            ast.Compare(left=left2, ops=[op2], comparators=[right2]),
        ):
            turned = _OPPOSITES[type(op)] is type(op2)
            return turned and same(left, left2) and same(right, right2)
        case _:
            return False


def constant_truth(test: ast.expr) -> bool | None:
    """The truth of a condition that its text alone decides; None when the values matter.

    `x == x`, `len(x) >= 0`, `x or not x`, `x < 1 and x > 3`, `True`. Values that differ from
    themselves (NaN) are not thought of.
    """
    match test:
        case ast.Constant(value=value):
            return bool(value)
        case ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.Set(elts=parts):
            return bool(parts)
        case ast.Call(func=ast.Name(id="str" | "repr"), args=[_]) | ast.Lambda():
            return True  # but for str(""), which nobody asks
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            truth = constant_truth(operand)
            return None if truth is None else not truth
        case ast.BoolOp(op=ast.And(), values=values):
            return _all(values, decisive=False)
        case ast.BoolOp(op=ast.Or(), values=values):
            return _all(values, decisive=True)
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            return _compared(left, op, right)
        case _:
            return None


def _all(values: list[ast.expr], decisive: bool) -> bool | None:
    """`and` is decided by one False or two that exclude each other, `or` by the reverse."""
    truths = [constant_truth(value) for value in values]
    if decisive in truths:
        return decisive
    if None not in truths:
        return not decisive
    for place, one in enumerate(values):
        for other in values[place + 1 :]:
            if opposite(one, other) or (not decisive and _exclude(one, other)):
                return decisive
    return None


def _compared(left: ast.expr, op: ast.cmpop, right: ast.expr) -> bool | None:
    if same(left, right) and not any(isinstance(node, ast.Call) for node in ast.walk(left)):
        if isinstance(op, _TRUE_OF_EQUALS):
            return True
        return False if isinstance(op, _FALSE_OF_EQUALS) else None
    match left, right:
        case ast.Call(func=ast.Name(id=name)), ast.Constant(value=0) if name in _NEVER_NEGATIVE:
            if isinstance(op, ast.GtE | ast.Lt):
                return isinstance(op, ast.GtE)
        case ast.Constant(value=int() | float() as one), ast.Constant(value=int() | float() as two):
            return _ORDERS[type(op)](one, two) if type(op) in _ORDERS else None
    return None


def _exclude(one: ast.expr, other: ast.expr) -> bool:
    """Whether two conditions never hold together, in a way that is seen without running them."""
    return _disjoint(one, other) or _empty_and_long(one, other) or _empty_and_long(other, one)


def _empty_and_long(one: ast.expr, other: ast.expr) -> bool:
    """`not x` and `len(x) > 2`."""
    match one, other:
        case (
            ast.UnaryOp(op=ast.Not(), operand=operand),
            ast.Compare(
                left=ast.Call(func=ast.Name("len"), args=[measured]),
                ops=[op],
                comparators=[ast.Constant(value=int(low))],
            ),
        ) if same(operand, measured):
            return low >= isinstance(op, ast.GtE) and isinstance(op, ast.Gt | ast.GtE)
        case _:
            return False


def _disjoint(one: ast.expr, other: ast.expr) -> bool:
    """Whether two comparisons of the same value never hold together: `x < 1` and `x > 3`, but not
    `x < 3` and `x > 1`; `x < y` and `x > y`."""
    match one, other:
        case (
            ast.Compare(left=left, ops=[op], comparators=[right]),
            ast.Compare(left=left2, ops=[op2], comparators=[right2]),
        ) if same(left, left2):
            pass
        case _:
            return False
    if isinstance(op, ast.Gt | ast.GtE):
        op, right, op2, right2 = op2, right2, op, right
    if not (isinstance(op, ast.Lt | ast.LtE) and isinstance(op2, ast.Gt | ast.GtE)):
        return False
    if same(right, right2):
        return isinstance(op, ast.Lt) or isinstance(op2, ast.Gt)
    match right, right2:
        case ast.Constant(value=int() | float() as top), ast.Constant(value=int() | float() as low):
            return top <= low
        case _:
            return False
