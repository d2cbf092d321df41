"""A constant where a variable belongs, or a variable where a constant does."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from repairlsp.generate.templates.code import replacing
from repairlsp.generate.templates.kinds import use_kind, value_kind
from repairlsp.generate.templates.names import fit
from repairlsp.generate.templates.precedence import Precedence
from repairlsp.generate.templates.registry import in_function, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.roles import role
from repairlsp.generate.templates.target import Target
from repairlsp.splice import node_text

_ROLES = (
    "argument", "keyword", "assigned", "added", "returned", "compared", "index", "operand",
    "choice",
)  # fmt: skip


@template(
    "constant-or-variable",
    source="TSSB-3M Single Token changes; PySStuBs Change Identifier Used, Change Numeric Literal",
    examples=[
        in_function("def find(xs, limit):", "return xs[:10]", "return xs[:limit]"),
        in_function(
            "def last(rows, size):",
            "rows = rows[: size + 1]\nreturn rows[-1]",
            "rows = rows[: size + 1]\nreturn rows[size - 1]",
        ),
        in_function("def total(xs):", "n = sum(xs)\nreturn 0", "n = sum(xs)\nreturn n"),
        in_function("def first(xs, at):", "return xs[at]", "return xs[0]"),
        in_function("def run(x, check):", "x.run(check=True)", "x.run(check=check)"),
    ],
)
def constant_or_variable(target: Target) -> Iterator[Rewrite]:
    for node in target.select(ast.Constant, ast.List, ast.Dict):
        if _plays_a_role(target, node) and not _long(node):
            yield from _variables(target, node)
    for item in target.select(ast.Subscript):
        yield from _last_of_so_many(target, item)
    for name in target.select(ast.Name):
        if isinstance(name.ctx, ast.Load) and _plays_a_role(target, name):
            for constant, weight in _constants(target, name):
                yield replacing(target, name, constant, weight)


def _variables(target: Target, node: ast.expr) -> Iterator[Rewrite]:
    wanted = frozenset(kind for kind in (value_kind(node),) if kind)
    parent = target.parent(node)
    keyword = parent.arg if isinstance(parent, ast.keyword) else None
    for name in target.names(node).variables():
        if name.id in ("self", "cls") or "callable" in name.kinds or name.line > node.lineno:
            continue
        weight = fit(name.kinds, wanted) if isinstance(node, ast.Constant) else 0.4
        yield replacing(target, node, name.id, weight * (4.0 if name.id == keyword else 0.3))
    if keyword and "self" in target.names(node):
        yield replacing(target, node, f"self.{keyword}", 0.3)


def _last_of_so_many(target: Target, item: ast.Subscript) -> Iterator[Rewrite]:
    """`rows[size - 1]` for `rows[-1]`, which is another where there are more rows."""
    if node_text(item.slice, target.lines) == "-1":
        for name in target.names(item).variables():
            if "number" in name.kinds and name.line <= item.lineno:
                source = f"{name.id} - 1"
                yield replacing(target, item.slice, source, 0.2, level=Precedence.SUM)


def _constants(target: Target, name: ast.Name) -> Iterator[tuple[str, float]]:
    if name.id in ("self", "cls"):
        return
    used = use_kind(name, target.parent(name))
    kinds = target.kinds(name) | ({used} if used else set())
    if "callable" in kinds:
        return
    for constant, kind in (("0", "number"), ("1", "number"), ("True", "boolean"), ("''", "string")):
        yield constant, 0.3 if kind in kinds else 0.05
    yield "False", 0.3 if "boolean" in kinds else 0.05
    yield "None", 0.1


def _plays_a_role(target: Target, node: ast.expr) -> bool:
    place = role(node, target.parent(node))
    if place is None:
        return isinstance(target.parent(node), ast.Slice)
    return place[0] in _ROLES


def _long(node: ast.expr) -> bool:
    match node:
        case ast.Constant(value=str(value)):
            return len(value) > 20
        case ast.List(elts=parts) | ast.Dict(values=parts):
            return bool(parts)
        case ast.Constant(value=value):
            return value is Ellipsis
        case _:
            return True
