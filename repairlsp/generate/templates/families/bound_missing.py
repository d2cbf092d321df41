"""A number that may get too small or too large: `max(x, 0)`, `min(x, limit)`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from repairlsp.generate.templates.code import replacing, text
from repairlsp.generate.templates.kinds import value_kind
from repairlsp.generate.templates.registry import in_function, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.target import Target
from repairlsp.splice import node_text

_PLACES = (ast.Return, ast.Assign, ast.AugAssign, ast.Call, ast.Slice, ast.BinOp, ast.Subscript)


@template(
    "bound-missing",
    source="PySStuBs Add Function Around Expression, for `min` and `max`; PAR Range Checker",
    examples=[
        in_function("def left(a, b):", "return a - b", "return max(a - b, 0)"),
        in_function("def page(n, size):", "return n * 2 + size", "return min(n * 2, size) + size"),
        in_function("def at(xs, i):", "return xs[i - 1:]", "return xs[max(i - 1, 0):]"),
    ],
)
def bound_missing(target: Target) -> Iterator[Rewrite]:
    for node in target.select(ast.Name, ast.BinOp, ast.Attribute, ast.Call):
        parent = target.parent(node)
        if not isinstance(parent, _PLACES) or not _is_number(target, node):
            continue
        if isinstance(parent, ast.Call) and (parent.func is node or _is_bound(parent)):
            continue
        if isinstance(parent, ast.Subscript) and parent.slice is not node:
            continue
        own = text(target, node)
        difference = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub)
        yield replacing(target, node, f"max({own}, 0)", 0.5 if difference else 0.15)
        yield replacing(target, node, f"max({own}, 1)", 0.1)
        for name in target.names(node).variables():
            if "number" in name.kinds and name.line <= node.lineno and name.id != own:
                for function in ("min", "max"):
                    yield replacing(target, node, f"{function}({own}, {name.id})", 0.1)


def _is_number(target: Target, node: ast.Name | ast.BinOp | ast.Attribute | ast.Call) -> bool:
    if isinstance(getattr(node, "ctx", ast.Load()), ast.Store):
        return False
    if isinstance(node, ast.BinOp):
        return value_kind(node) == "number"
    return "number" in target.kinds(node) and node_text(node, target.lines) != "self"


def _is_bound(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Name) and call.func.id in ("max", "min", "range")
