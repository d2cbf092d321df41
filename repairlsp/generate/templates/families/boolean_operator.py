"""`and` for `or`, and the other way round."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import pairwise

from repairlsp.generate.templates.code import parenthesised, replacing, replacing_operator, text
from repairlsp.generate.templates.precedence import Precedence, precedence, slot
from repairlsp.generate.templates.registry import in_function, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.target import Target


@template(
    "boolean-operator",
    source="TBar FP11.1 (mutate operators); ManySStuBs Change Binary Operator",
    examples=[
        in_function("def both(a, b):", "return a or b", "return a and b"),
        in_function(
            "def any_of(a, b, c):",
            "if (a and\n        b and c):\n    return 1",
            "if (a or\n        b or c):\n    return 1",
        ),
        in_function("def mixed(a, b, c):", "return a and (b or c)", "return a and (b and c)"),
        in_function("def loose(a, b, c):", "return a and b or c", "return (a or b) or c"),
        in_function("def tight(a, b, c):", "return a and b or c", "return a and b and c"),
    ],
)
def boolean_operator(target: Target) -> Iterator[Rewrite]:
    for node in target.select(ast.BoolOp):
        old, new = ("or", "and") if isinstance(node.op, ast.Or) else ("and", "or")
        yield from _in_place(target, node, old, new)
        yield from _regrouped(target, node, new)


def _in_place(target: Target, node: ast.BoolOp, old: str, new: str) -> Iterator[Rewrite]:
    """Only the words change; `a and b or c` becomes `a and b and c`, as people write it."""
    pairs = pairwise(node.values)
    parts = [replacing_operator(target, left, right, old, new) for left, right in pairs]
    splices = tuple(part for part in parts if part)
    if len(splices) != len(parts):
        return
    yield Rewrite(node, splices, 4.0)
    if len(splices) > 1:
        yield from (Rewrite(node, (part,), 1.0) for part in splices)


def _regrouped(target: Target, node: ast.BoolOp, new: str) -> Iterator[Rewrite]:
    """The same operands under the other operator, in parentheses where it binds looser."""
    level = Precedence.AND if new == "and" else Precedence.OR
    inner = Precedence(level + 1)
    loosest = min(precedence(value) for value in node.values)
    if loosest >= inner and (
        level >= slot(target.parent(node), node) or parenthesised(target, node)
    ):
        return  # the words alone make the same
    source = f" {new} ".join(text(target, value, inner) for value in node.values)
    yield replacing(target, node, source, 1.5, level=level)
