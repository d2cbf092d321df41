"""A condition that lacks a `not`, or has one too many; a number with the wrong sign."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from repairlsp.generate.templates.code import replacing, text
from repairlsp.generate.templates.precedence import Precedence
from repairlsp.generate.templates.registry import in_function, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.target import Target

_WEIGHTS: dict[type[ast.AST], float] = {
    ast.Return: 0.3,
    ast.Assign: 0.15,
    ast.Call: 0.15,
    ast.keyword: 0.1,
    ast.Tuple: 0.15,
    ast.List: 0.1,
    ast.Subscript: 0.1,
    ast.Compare: 0.05,
    ast.IfExp: 0.1,
    ast.Lambda: 0.3,
}
"""How often a number has the wrong sign in each place, by judgement."""


@template(
    "negation",
    source="TBar FP6.1 (mutate conditional expression); ManySStuBs Change Unary Operator",
    examples=[
        in_function(
            "def skip(item):", "if item.ready:\n    return 1", "if not item.ready:\n    return 1"
        ),
        in_function("def keep(item):", "return not item.ready", "return item.ready"),
        in_function(
            "def spin(a, b):",
            "while a and b:\n    a = b()",
            "while not (a and b):\n    a = b()",
        ),
        in_function("def one(a, b):", "return a and b", "return a and not b"),
        in_function("def swap(a, b):", "return (not a) == b", "return (a) == b"),
        in_function("def debt(amount):", "return amount", "return -amount"),
        in_function("def note(log, x):", "log.append(x)", "log.append(-x)"),
        in_function("def credit(a, b):", "return -(a + b) * 2", "return (a + b) * 2"),
        in_function(
            "def few(items):",
            "return [x for x in items if x.old]",
            "return [x for x in items if not x.old]",
        ),
    ],
)
def negation(target: Target) -> Iterator[Rewrite]:
    for node in target.select(ast.UnaryOp):
        if isinstance(node.op, ast.Not | ast.USub | ast.Invert):
            if isinstance(node.op, ast.USub) and isinstance(node.operand, ast.Constant):
                continue  # the constants' family has it
            yield replacing(target, node, text(target, node.operand, Precedence.ATOM))
    for condition, weight in _conditions(target):
        if not isinstance(condition, ast.Compare) and not _negated(condition):
            operand = text(target, condition, Precedence.NOT)
            yield replacing(target, condition, f"not {operand}", weight, level=Precedence.NOT)
    for value in target.select(ast.Name, ast.Call, ast.BinOp, ast.Attribute):
        weight = _WEIGHTS.get(type(target.parent(value)), 0.0)
        if weight and _readable(target, value) and target.kinds(value) <= {"number"}:
            operand = text(target, value, Precedence.FACTOR)
            yield replacing(target, value, f"-{operand}", weight, level=Precedence.FACTOR)


def _readable(target: Target, value: ast.expr) -> bool:
    """Whether the value is read where it stands, and not called."""
    parent = target.parent(value)
    if isinstance(parent, ast.Call) and parent.func is value:
        return False
    return isinstance(getattr(value, "ctx", ast.Load()), ast.Load)


def _conditions(target: Target) -> Iterator[tuple[ast.expr, float]]:
    """Expressions used for their truth, and how likely a `not` is missing there."""
    for node in target.select(ast.If, ast.While, ast.IfExp):
        yield node.test, 1.0
    for operation in target.select(ast.BoolOp):
        yield from ((value, 0.5) for value in operation.values)
    for comprehension in target.select(ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp):
        for generator in comprehension.generators:
            yield from ((test, 1.0) for test in generator.ifs)
    for returned in target.select(ast.Return):
        if isinstance(returned.value, ast.Name | ast.Call | ast.BoolOp):
            truth = target.kinds(returned.value) <= {"boolean", "object"}
            yield returned.value, 0.3 if truth else 0.03


def _negated(node: ast.expr) -> bool:
    return isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)
