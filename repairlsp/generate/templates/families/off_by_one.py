"""One too many or one too few: in a bound, an index, a slice, a range, a returned count."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from repairlsp.generate.templates.code import replacing, text
from repairlsp.generate.templates.kinds import value_kind
from repairlsp.generate.templates.precedence import Precedence
from repairlsp.generate.templates.registry import in_function, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.target import Target


@template(
    "off-by-one",
    source="TBar FP9.1, FP13.2; CWE-193",
    examples=[
        in_function("def last(items):", "return items[len(items)]", "return items[len(items) - 1]"),
        in_function(
            "def to(n):",
            "for i in range(n):\n    print(i)",
            "for i in range(n + 1):\n    print(i)",
        ),
        in_function("def tail(items, at):", "return items[at:]", "return items[at + 1:]"),
        in_function("def pair(items, i):", "return items[i + 1]", "return items[i]"),
        in_function("def count(low, high):", "return high - low", "return high - low + 1"),
        in_function(
            "def before(i, n):", "while i < n:\n    i += 1", "while i < n - 1:\n    i += 1"
        ),
        in_function("def down(n):", "return down(n)", "return down(n - 1)"),
        in_function("def step(a):", "return 2 * (a - 1)", "return 2 * (a)"),
        in_function("def init(a):", "n = len(a)\nreturn n", "n = len(a) + 1\nreturn n"),
    ],
)
def off_by_one(target: Target) -> Iterator[Rewrite]:
    for sum_ in target.select(ast.BinOp):
        if _steps(sum_):
            bare = text(target, sum_.left, Precedence.ATOM)
            yield replacing(target, sum_, bare, 3.0)
            yield from _shifts(target, sum_, 0.5)
    for node, weight in _counts(target):
        if not isinstance(node, ast.Constant | ast.UnaryOp) and not _steps(node):
            yield from _shifts(target, node, weight)


def _steps(node: ast.expr) -> bool:
    """Whether the expression is something plus or minus one."""
    match node:
        case ast.BinOp(op=ast.Add() | ast.Sub(), right=ast.Constant(value=1)):
            return True
        case _:
            return False


def _shifts(target: Target, node: ast.expr, weight: float) -> Iterator[Rewrite]:
    base = text(target, node, Precedence.SUM)
    for sign in "-+":
        yield replacing(target, node, f"{base} {sign} 1", weight, level=Precedence.SUM)


def _counts(target: Target) -> Iterator[tuple[ast.expr, float]]:
    """Expressions that look like positions or counts."""
    for subscript in target.select(ast.Subscript):
        match subscript.slice:
            case ast.Slice(lower=lower, upper=upper):
                yield from ((bound, 1.0) for bound in (lower, upper) if bound)
            case ast.Tuple():
                continue
            case index if value_kind(index) != "string":
                yield index, 1.0
    for call in target.select(ast.Call):
        match call:
            case ast.Call(func=ast.Name(id="range"), args=arguments):
                yield from ((bound, 1.0) for bound in arguments[:2])
            case ast.Call(func=ast.Name(id=name), args=arguments):
                function = target.function_of(call)
                recursive = function is not None and function.name == name
                numbers = (a for a in arguments if recursive or value_kind(a) == "number")
                yield from ((number, 0.5) for number in numbers if _countable(number))
            case ast.Call(func=ast.Attribute(attr=attribute), args=arguments):
                function = target.function_of(call)
                recursive = function is not None and function.name == attribute
                numbers = (a for a in arguments if recursive or value_kind(a) == "number")
                yield from ((number, 0.5) for number in numbers if _countable(number))
    for compare in target.select(ast.Compare):
        if isinstance(compare.ops[0], ast.Lt | ast.LtE | ast.Gt | ast.GtE | ast.Eq):
            yield from ((bound, 0.7) for bound in compare.comparators if _countable(bound))
    for statement in target.select(ast.Return, ast.Assign, ast.AugAssign):
        if statement.value is not None and _countable(statement.value):
            arithmetic = value_kind(statement.value) == "number"
            yield statement.value, 0.7 if arithmetic else 0.15


def _countable(node: ast.expr) -> bool:
    if isinstance(node, ast.Call):
        return value_kind(node) == "number"
    if isinstance(node, ast.BinOp):
        return value_kind(node) in ("number", None) and not isinstance(node.op, ast.Mod | ast.BitOr)
    return isinstance(node, ast.Name | ast.Attribute | ast.Subscript)
