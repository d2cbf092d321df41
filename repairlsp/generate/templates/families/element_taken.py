"""The whole where one of its elements was meant, or an element that is looked at and not taken."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from repairlsp.generate.templates.code import replacing, text
from repairlsp.generate.templates.precedence import Precedence
from repairlsp.generate.templates.registry import in_function, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.statements import enclosing_loop
from repairlsp.generate.templates.target import Target
from repairlsp.splice import node_text


@template(
    "element-taken",
    source="PySStuBs Add Attribute Access, Add Method Call, for subscripts and `pop`",
    examples=[
        in_function("def initial(name):", "return name.upper()", "return name[0].upper()"),
        in_function("def width(rows):", "return range(len(rows))", "return range(len(rows[0]))"),
        in_function("def best(pairs):", "return max(pairs)", "return max(pairs)[0]"),
        in_function("def at(rows, i):", "i -= 1\nreturn rows", "i -= 1\nreturn rows[i]"),
        in_function(
            "def drain(queue):",
            "while queue:\n    print(queue[0])",
            "while queue:\n    print(queue.pop(0))",
        ),
    ],
)
def element_taken(target: Target) -> Iterator[Rewrite]:
    for node in target.select(ast.Name, ast.Attribute, ast.Subscript, ast.Call):
        if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
            yield from _popped(target, node)
        if isinstance(node, ast.Call) or isinstance(node.ctx, ast.Load):
            yield from _elements(target, node)


def _popped(target: Target, node: ast.Subscript) -> Iterator[Rewrite]:
    if isinstance(node.slice, ast.Slice | ast.Tuple):
        return
    box, index = text(target, node.value, Precedence.ATOM), node_text(node.slice, target.lines)
    loop = enclosing_loop(target, node)
    drained = isinstance(loop, ast.While) and box in node_text(loop.test, target.lines)
    weight = 2.0 if drained else 0.1
    taken = "" if index == "-1" else index
    yield replacing(target, node, f"{box}.pop({taken})", weight)
    if index == "0":
        yield replacing(target, node, f"{box}.popleft()", weight / 4)


def _elements(target: Target, node: ast.expr) -> Iterator[Rewrite]:
    parent = target.parent(node)
    if isinstance(parent, ast.Call) and parent.func is node:
        return
    if isinstance(parent, ast.Expr | ast.Subscript | ast.withitem) or _is_self(node):
        return
    kinds = target.kinds(node)
    if kinds and kinds.isdisjoint(("collection", "string", "object")):
        return
    own = text(target, node, Precedence.ATOM)
    share = 0.3 if isinstance(node, ast.Call) else 1.0
    for index, weight in (("0", 0.5), ("-1", 0.4), ("1", 0.2)):
        yield replacing(target, node, f"{own}[{index}]", weight * share)
    for name in target.names(node).variables():
        if "number" in name.kinds and name.line <= node.lineno and name.id != own:
            yield replacing(target, node, f"{own}[{name.id}]", 0.3 * share)


def _is_self(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in ("self", "cls")
