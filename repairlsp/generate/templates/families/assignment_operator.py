"""`=` for `+=`, `+=` for `-=`, `==` as a statement for `=`, a discarded result that was meant."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from repairlsp.generate.templates.code import between, text
from repairlsp.generate.templates.families.arithmetic_operator import ALTERNATIVES, SYMBOLS
from repairlsp.generate.templates.precedence import Precedence
from repairlsp.generate.templates.registry import in_function, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.target import Target
from repairlsp.splice import Splice, node_text, replace_node

_RETURNING = {
    "strip", "lstrip", "rstrip", "lower", "upper", "replace", "title", "capitalize", "union",
    "intersection", "difference", "copy", "format", "removeprefix", "removesuffix", "join",
}  # fmt: skip


@template(
    "assignment-operator",
    source="TBar FP11.1 (mutate operators), FP13; CWE-480",
    examples=[
        in_function("def add(n, x):", "n += x\nreturn n", "n -= x\nreturn n"),
        in_function("def set_(n, x):", "n = x\nreturn n", "n += x\nreturn n"),
        in_function("def put(n, x):", "n += x\nreturn n", "n = x\nreturn n"),
        in_function("def cmp(n, x):", "n == x\nreturn n", "n = x\nreturn n"),
        in_function("def trim(s):", "s.strip()\nreturn s", "s = s.strip()\nreturn s"),
        in_function("def order(xs):", "xs = xs.sort()\nreturn xs", "xs.sort()\nreturn xs"),
        in_function("def sort(xs):", "sorted(xs)\nreturn xs", "xs = sorted(xs)\nreturn xs"),
        in_function("def fold(n, x):", "n = n + x\nreturn n", "n = x\nreturn n"),
        in_function("def keep(a, b):", "a = b\nb = 1", "b = a\nb = 1"),
    ],
)
def assignment_operator(target: Target) -> Iterator[Rewrite]:
    for node in target.select(ast.AugAssign):
        old = SYMBOLS.get(type(node.op), "@")
        for new, weight in ALTERNATIVES.get(old, {}).items():
            if part := _operator(target, node.target, node.value, f"{old}=", f"{new}="):
                yield Rewrite(node, (part,), weight)
        if part := _operator(target, node.target, node.value, f"{old}=", "="):
            yield Rewrite(node, (part,), 4.0)
    for assignment in target.select(ast.Assign):
        if len(assignment.targets) == 1:
            yield from _plain(target, assignment, assignment.targets[0])
    for statement in target.select(ast.Expr):
        yield from _discarded(target, statement)


def _plain(target: Target, node: ast.Assign, place: ast.expr) -> Iterator[Rewrite]:
    if not isinstance(place, ast.Tuple | ast.List):
        share = 0.1 if _first_binding(target, place) else 1.0
        for new, weight in {"+=": 0.6, "-=": 0.2, "*=": 0.15, "|=": 0.05}.items():
            if part := _operator(target, place, node.value, "=", new):
                yield Rewrite(node, (part,), weight * share)
    if isinstance(node.value, ast.Name | ast.Attribute | ast.Subscript):
        left, right = node_text(place, target.lines), node_text(node.value, target.lines)
        yield Rewrite(node, (replace_node(place, right), replace_node(node.value, left)), 0.2)
    match node.value:
        case ast.BinOp(left=left_, right=right_):
            subject = ast.unparse(place)
            for kept, dropped in ((right_, left_), (left_, right_)):
                if ast.unparse(dropped) == subject:
                    source = text(target, kept, Precedence.TUPLE)
                    yield Rewrite(node, (replace_node(node.value, source),), 0.4)
        case ast.Call(func=ast.Attribute(attr="sort" | "reverse" | "append" | "extend" | "update")):
            source = node_text(node.value, target.lines)
            yield Rewrite(node, (replace_node(node, source),), 3.0)


def _first_binding(target: Target, place: ast.expr) -> bool:
    """Whether there is nothing yet that the value could be added to."""
    if not isinstance(place, ast.Name):
        return False
    name = target.names(place).get(place.id)
    return name is not None and name.origin == "local" and name.line >= place.lineno


def _discarded(target: Target, statement: ast.Expr) -> Iterator[Rewrite]:
    """An expression statement whose value was meant to be kept."""
    match statement.value:
        case ast.Compare(left=left, ops=[ast.Eq()], comparators=[right]):
            if part := _operator(target, left, right, "==", "="):
                yield Rewrite(statement, (part,), 4.0)
        case ast.Call(func=ast.Attribute(value=owner, attr=name)) if name in _RETURNING:
            if isinstance(owner, ast.Name | ast.Attribute):
                yield _kept(target, statement, owner)
        case ast.Call(func=ast.Name(id="sorted" | "reversed" | "set" | "list"), args=[argument]):
            if isinstance(argument, ast.Name | ast.Attribute):
                yield _kept(target, statement, argument)


def _kept(target: Target, statement: ast.Expr, place: ast.expr) -> Rewrite:
    start = (statement.lineno, statement.col_offset)
    part = Splice(*start, *start, f"{node_text(place, target.lines)} = ")
    return Rewrite(statement, (part,), 3.0)


def _operator(target: Target, left: ast.expr, right: ast.expr, old: str, new: str) -> Splice | None:
    """The splice of the sign between an assignment's sides, on one line."""
    gap = between(target, left, right)
    if gap.count(old) != 1 or "\n" in gap or left.end_col_offset is None:
        return None
    column = left.end_col_offset + len(gap.partition(old)[0].encode())
    line = left.end_lineno or left.lineno
    return Splice(line, column, line, column + len(old), new)
