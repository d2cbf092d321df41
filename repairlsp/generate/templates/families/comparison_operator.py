"""A comparison with the wrong operator: `<` for `<=`, `==` for `!=`, `in` for `not in`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from repairlsp.generate.templates.code import replacing_operator
from repairlsp.generate.templates.registry import in_function, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.target import Target

SYMBOLS: dict[type[ast.cmpop], str] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}
# The boundary first, then the direction, then the rest.
_ALTERNATIVES: dict[type[ast.cmpop], dict[str, float]] = {
    ast.Lt: {"<=": 5, ">": 4, ">=": 2, "!=": 1.5, "==": 1},
    ast.LtE: {"<": 5, ">=": 4, ">": 2, "==": 1, "!=": 0.5},
    ast.Gt: {">=": 5, "<": 4, "<=": 2, "!=": 1.5, "==": 1},
    ast.GtE: {">": 5, "<=": 4, "<": 2, "==": 1, "!=": 0.5},
    ast.Eq: {"!=": 5, ">=": 2, "<=": 2, "in": 0.7, ">": 0.7, "<": 0.7},
    ast.NotEq: {"==": 5, "<": 1.5, ">": 1.5, "not in": 0.5},
}


@template(
    "comparison-operator",
    source="TBar FP11.1 (mutate operators); ManySStuBs Change Binary Operator",
    examples=[
        in_function(
            "def fits(box, limit):",
            "if box.width < limit:\n    return True\nreturn False",
            "if box.width <= limit:\n    return True\nreturn False",
        ),
        in_function(
            "def inside(low, x, high):", "return low < x <= high", "return low <= x <= high"
        ),
        in_function("def other(x, y):", "return (x) == y", "return (x) != y"),
        in_function(
            "def missing(word, seen):",
            "return 'été' if word in seen else None",
            "return 'été' if word not in seen else None",
        ),
        in_function("def fresh(key, table):", "return key not in table", "return key in table"),
    ],
)
def comparison_operator(target: Target) -> Iterator[Rewrite]:
    for node in target.select(ast.Compare):
        operands = [node.left, *node.comparators]
        for at, op in enumerate(node.ops):
            left, right = operands[at], operands[at + 1]
            match op:
                case ast.In():
                    old, alternatives = "in", {"not in": 4.0, "==": 1.0}
                case ast.NotIn():
                    old, alternatives = "not in", {"in": 4.0}
                case _ if type(op) in SYMBOLS:
                    old, alternatives = SYMBOLS[type(op)], _ALTERNATIVES[type(op)]
                case _:
                    continue  # `is` has a family of its own
            for new, weight in alternatives.items():
                if part := replacing_operator(target, left, right, old, new):
                    yield Rewrite(left if at else node, (part,), weight)
