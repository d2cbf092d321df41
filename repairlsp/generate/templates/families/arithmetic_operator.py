"""A binary operation with the wrong operator: `+` for `-`, `/` for `//`, `&` for `|`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from repairlsp.generate.templates.code import parenthesised, replacing, replacing_operator, text
from repairlsp.generate.templates.kinds import value_kind
from repairlsp.generate.templates.precedence import Precedence, binary, precedence, slot
from repairlsp.generate.templates.registry import in_function, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.target import Target
from repairlsp.splice import node_text

SYMBOLS: dict[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.FloorDiv: "//",
    ast.Mod: "%",
    ast.Pow: "**",
    ast.BitAnd: "&",
    ast.BitOr: "|",
    ast.BitXor: "^",
    ast.LShift: "<<",
    ast.RShift: ">>",
}
OPERATORS: dict[str, type[ast.operator]] = {symbol: op for op, symbol in SYMBOLS.items()}
ALTERNATIVES: dict[str, dict[str, float]] = {
    "+": {"-": 6, "*": 2, "|": 0.3, "%": 0.2},
    "-": {"+": 6, "*": 1, "/": 0.7, "//": 0.5, "%": 0.5, "&": 0.2, "^": 0.2},
    "*": {"+": 3, "/": 3, "**": 2, "//": 1, "-": 0.5},
    "/": {"//": 6, "*": 3, "%": 1, "-": 0.5},
    "//": {"/": 4, "%": 4, "*": 1},
    "%": {"//": 5, "/": 1.5, "*": 0.5, "-": 0.3},
    "**": {"*": 5},
    "&": {"|": 5, "^": 2, "-": 0.5},
    "|": {"&": 5, "^": 3},
    "^": {"&": 4, "|": 4},
    "<<": {">>": 5},
    ">>": {"<<": 5},
}


_RARE = ("+", "-", "*", "/", "//", "%", "**")
"""Any for any other, where nothing else is right."""


@template(
    "arithmetic-operator",
    source="TBar FP8, FP11.1 (mutate operators); ManySStuBs Change Binary Operator",
    examples=[
        in_function("def span(first, last):", "return last + first", "return last - first"),
        in_function("def half(n):", "return len(n) / 2", "return len(n) // 2"),
        in_function("def area(a, b, c):", "return a + b * c", "return a + b + c"),
        in_function("def rate(a, b, c):", "return a * (b - c)", "return a * (b + c)"),
        in_function("def scale(a, b, c):", "return a * b / c", "return (a + b) / c"),
        in_function("def without(rights, flag):", "return rights ^ flag", "return rights & ~flag"),
        in_function("def power(a, b, c):", "return a * b + c", "return a ** b + c"),
    ],
)
def arithmetic_operator(target: Target) -> Iterator[Rewrite]:
    for node in target.select(ast.BinOp):
        old = SYMBOLS.get(type(node.op))
        if old is None or "string" in (value_kind(node.left), value_kind(node.right)):
            continue  # `"%s" % x` and `"a" + b` have no other operator
        for new, weight in (dict.fromkeys(_RARE, 0.1) | ALTERNATIVES[old]).items():
            if new == old:
                continue
            if part := replacing_operator(target, node.left, node.right, old, new):
                yield Rewrite(node, (part,), weight)
            if _binds_otherwise(target, node, new):
                yield _regrouped(target, node, new, weight / 2)
        if old in ("^", "&", "|", "-"):
            left = text(target, node.left, Precedence.BIT_AND)
            cleared = f"{left} & ~{text(target, node.right, Precedence.FACTOR)}"
            yield replacing(
                target, node, cleared, 0.3 if old == "-" else 2, level=Precedence.BIT_AND
            )


def _binds_otherwise(target: Target, node: ast.BinOp, new: str) -> bool:
    """Whether the sign alone would take other operands than the node's own."""
    level = binary(OPERATORS[new]())
    inside = precedence(node.left) < level or precedence(node.right) <= level
    outside = level < slot(target.parent(node), node) and not parenthesised(target, node)
    written = node_text(node, target.lines)
    return (inside and not written.endswith(")")) or outside


def _regrouped(target: Target, node: ast.BinOp, new: str, weight: float) -> Rewrite:
    """The operation with another operator on the same operands, whatever binds tighter."""
    level = binary(OPERATORS[new]())
    power = level is Precedence.POWER
    left = text(target, node.left, Precedence.AWAIT if power else level)
    right = text(target, node.right, Precedence.FACTOR if power else Precedence(level + 1))
    return replacing(target, node, f"{left} {new} {right}", weight, level=level)
