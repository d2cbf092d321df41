"""A value that may be missing or empty, without what should stand in for it: `x or y`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from repairlsp.generate.templates.code import replacing, text
from repairlsp.generate.templates.precedence import Precedence
from repairlsp.generate.templates.registry import in_function, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.roles import role
from repairlsp.generate.templates.target import Target

_ROLES = ("argument", "keyword", "assigned", "returned", "entry", "iterated")


@template(
    "fallback-missing",
    source="TBar FP2 (null checks) for Python's `or`; PySStuBs Change Binary Operand",
    examples=[
        in_function("def tags(names):", "return sorted(names)", "return sorted(names or [])"),
        in_function("def open_(path, base):", "path = base", "path = path or base"),
        in_function("def size(box, least):", "return box.size", "return box.size or least"),
        in_function("def ready(a, b):", "on = a.on\nreturn on", "on = a.on and b\nreturn on"),
    ],
)
def fallback_missing(target: Target) -> Iterator[Rewrite]:
    for node in target.select(ast.Name, ast.Attribute, ast.Subscript, ast.Call):
        if not isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
            continue
        parent = target.parent(node)
        place = role(node, parent)
        if place is None or place[0] not in _ROLES:
            continue
        value = text(target, node, Precedence.OR)
        if "\n" in value or value in ("self", "cls"):
            continue
        for other, weight in _others(target, node, parent):
            if other != value:
                source = f"{value} or {other}"
                yield replacing(target, node, source, weight, level=Precedence.OR)
        if isinstance(parent, ast.Assign) and isinstance(parent.targets[0], ast.Name):
            own = parent.targets[0].id
            known = target.names(node).get(own)
            if known and (known.origin == "parameter" or known.line < node.lineno):
                yield replacing(target, node, f"{own} or {value}", 0.5, level=Precedence.OR)
        if isinstance(parent, ast.Return | ast.Assign):
            for name in target.names(node).variables():
                if name.id not in (value, "self", "cls"):
                    source = f"{value} and {name.id}"
                    yield replacing(target, node, source, 0.03, level=Precedence.AND)


def _others(target: Target, node: ast.expr, parent: ast.AST) -> Iterator[tuple[str, float]]:
    iterated = isinstance(parent, ast.For | ast.comprehension)
    for constant in ("()", "[]", "{}") if iterated else ("[]", "''", "{}", "0", "()", "None"):
        yield constant, 0.1
    if not iterated:
        for name in target.names(node).variables():
            if name.id not in ("self", "cls") and name.line <= node.lineno:
                yield name.id, 0.05
