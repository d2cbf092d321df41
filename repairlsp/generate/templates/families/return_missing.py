"""A result that is not returned, or returned too soon or not at all."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from repairlsp.generate.templates.code import text
from repairlsp.generate.templates.precedence import Precedence
from repairlsp.generate.templates.registry import in_function, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.statements import indentation, inserted_after, owns_lines, span
from repairlsp.generate.templates.target import Target
from repairlsp.splice import Splice, SplicedLines, replace_node


@template(
    "return-missing",
    source="TBar FP12 (mutate return statement)",
    examples=[
        in_function("def add(a, b):", "a + b", "return a + b"),
        in_function("def down(n):", "if n:\n    down(n - 1)", "if n:\n    return down(n - 1)"),
        in_function(
            "def squares(xs):",
            "out = []\nfor x in xs:\n    out.append(x * x)",
            "out = []\nfor x in xs:\n    out.append(x * x)\nreturn out",
        ),
        in_function("def make():", "thing = object()", "return object()"),
        in_function(
            "def total(xs):",
            "n = 0\nfor x in xs:\n    n += x\n    return n",
            "n = 0\nfor x in xs:\n    n += x\nreturn n",
        ),
        in_function("def both(a, b):", "b += 1\nreturn a", "b += 1\nreturn a, b"),
        in_function("def quit(a):", "return a", "return"),
    ],
)
def return_missing(target: Target) -> Iterator[Rewrite]:
    for statement in target.select(ast.Expr):
        if not isinstance(statement.value, ast.Yield | ast.YieldFrom | ast.Await):
            line, column = statement.lineno, statement.col_offset
            last = target.block_of(statement)[-1] is statement
            call = isinstance(statement.value, ast.Call)
            weight = (0.7 if last else 0.2) if call else 2.0
            if _works_in_place(statement.value):
                weight = 0.05
            yield Rewrite(statement, (Splice(line, column, line, column, "return "),), weight)
    for assignment in target.select(ast.Assign):
        if target.block_of(assignment)[-1] is assignment:
            source = f"return {text(target, assignment.value, Precedence.TUPLE)}"
            yield Rewrite(assignment, (replace_node(assignment, source),), 0.3)
    yield from _at_the_end(target)
    for returned in target.select(ast.Return):
        yield from _other_returns(target, returned)


def _works_in_place(node: ast.expr) -> bool:
    """Whether it is a call of a method that is known to return None."""
    match node:
        case ast.Call(func=ast.Attribute(attr=name)):
            return name in ("append", "extend", "add", "update", "sort", "reverse", "insert")
        case _:
            return False


def _at_the_end(target: Target) -> Iterator[Rewrite]:
    """`return x` as the function's last statement, for what it computed."""
    for function in target.functions:
        last = function.body[-1]
        if isinstance(last, ast.Return | ast.Raise) or not owns_lines(target, last):
            continue
        own = [node for node in ast.walk(function) if isinstance(node, ast.stmt)]
        site = max(own, key=target.suspiciousness)
        returns_value = any(isinstance(node, ast.Return) and node.value for node in own)
        weights: dict[str, float] = {}
        for name in target.names(last).variables():
            if name.origin == "local":
                weights[name.id] = 2.0 if name.line < last.lineno else 1.0
            elif name.id not in ("self", "cls"):
                weights[name.id] = 0.5
        weights |= dict.fromkeys(("None", "False", "True", "0", "[]", "self"), 0.4)
        scale = 1.0 if returns_value else 0.3
        for value, weight in weights.items():
            yield inserted_after(target, last, [f"return {value}"], scale * weight, site=site)


def _other_returns(target: Target, returned: ast.Return) -> Iterator[Rewrite]:
    if returned.value is None or not owns_lines(target, returned):
        return
    yield Rewrite(returned, (replace_node(returned, "return"),), 0.2)
    outer = target.parent(returned)
    if isinstance(outer, ast.stmt) and target.block_of(returned)[-1] is returned:
        # Behind the loop or the `if` that it ends: it was indented once too often.
        value = text(target, returned.value, Precedence.TUPLE)
        start, end = span(returned)
        after = target.lines[end - 1 : span(outer).end - 1]
        moved = (*after, f"{indentation(target, outer)}return {value}")
        if owns_lines(target, outer) and len(target.block_of(returned)) > 1:
            change = SplicedLines(span(returned)._replace(end=span(outer).end), moved)
            weight = 1.5 if isinstance(outer, ast.For | ast.While) else 0.5
            yield Rewrite(returned, change, weight if start < end else 0)
    if isinstance(returned.value, ast.Name):
        for name in target.names(returned).variables():
            if name.id != returned.value.id and name.id not in ("self", "cls"):
                pair = f"{returned.value.id}, {name.id}"
                yield Rewrite(returned, (replace_node(returned.value, pair),), 0.1)
