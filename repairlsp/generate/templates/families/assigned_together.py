"""Two assignments of which the second reads what the first has overwritten: made at once."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import pairwise

from repairlsp.generate.templates.code import text
from repairlsp.generate.templates.precedence import Precedence
from repairlsp.generate.templates.registry import in_function, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.statements import indentation, owns_lines, span
from repairlsp.generate.templates.target import Target
from repairlsp.splice import SplicedLines, node_text
from repairlsp.types import LineSpan


@template(
    "assigned-together",
    source="Python tutorial 3.2 (multiple assignment); TBar FP15 (move statement)",
    examples=[
        in_function("def turn(a, b):", "a = b\nb = a\nreturn a, b", "a, b = b, a\nreturn a, b"),
        in_function(
            "def next_(self):",
            "self.low = self.high\nself.high = self.low + self.high",
            "self.low, self.high = self.high, self.low + self.high",
        ),
        in_function(
            "def step(x, y):",
            "x += y\ny = x - y\nreturn x, y",
            "x, y = x + y, x - y\nreturn x, y",
        ),
    ],
)
def assigned_together(target: Target) -> Iterator[Rewrite]:
    for statement in target.select(ast.Assign, ast.AugAssign):
        block = target.block_of(statement)
        for first, second in pairwise(block):
            if first is not statement or not owns_lines(target, second):
                continue
            one, other = _parts(target, first), _parts(target, second)
            if one and other and owns_lines(target, first) and _reads(second, one[0]):
                joined = f"{one[0]}, {other[0]} = {one[1]}, {other[1]}"
                whole = LineSpan(span(first).start, span(second).end)
                lines = tuple((indentation(target, first) + joined).split("\n"))
                yield Rewrite(statement, SplicedLines(whole, lines), 1.0)


def _parts(target: Target, statement: ast.stmt) -> tuple[str, str] | None:
    """What is assigned to, and the value, of a statement with one plain target."""
    match statement:
        case ast.Assign(targets=[ast.Name() | ast.Attribute() | ast.Subscript() as to]):
            value = text(target, statement.value)
        case ast.AugAssign(target=to, op=op):
            right = text(target, statement.value, Precedence.ATOM)
            value = f"{node_text(to, target.lines)} {_SIGNS.get(type(op), '+')} {right}"
        case _:
            return None
    return node_text(to, target.lines), value


_SIGNS: dict[type[ast.operator], str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%",
}  # fmt: skip


def _reads(statement: ast.stmt, name: str) -> bool:
    assert isinstance(statement, ast.Assign | ast.AugAssign)
    nodes = ast.walk(statement.value)
    return any(ast.unparse(node) == name for node in nodes if isinstance(node, ast.expr))
