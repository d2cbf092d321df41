"""`break` for `continue`, either for `return` or `pass`, and the ones that are missing."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from repairlsp.generate.templates.code import text
from repairlsp.generate.templates.registry import in_function, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.statements import (
    EXITS,
    enclosing_loop,
    inserted_after,
    owns_lines,
)
from repairlsp.generate.templates.target import Target
from repairlsp.splice import replace_node


@template(
    "loop-control",
    source="TBar FP4, FP12; mutation operator BCR (Derezinska and Halas 2014)",
    examples=[
        in_function(
            "def go(xs):",
            "for x in xs:\n    if x:\n        break\n    x()",
            "for x in xs:\n    if x:\n        continue\n    x()",
        ),
        in_function(
            "def find(xs):",
            "for x in xs:\n    if x:\n        found = x\nreturn found",
            "for x in xs:\n    if x:\n        found = x\n        break\nreturn found",
        ),
        in_function(
            "def seek(xs, found):",
            "for x in xs:\n    if x:\n        break\nfound.pop()\nreturn found",
            "for x in xs:\n    if x:\n        return found\nfound.pop()\nreturn found",
        ),
        in_function(
            "def skip(xs):",
            "for x in xs:\n    if x:\n        return\n    x()",
            "for x in xs:\n    if x:\n        continue\n    x()",
        ),
    ],
)
def loop_control(target: Target) -> Iterator[Rewrite]:
    for node in target.select(ast.Break, ast.Continue, ast.Pass):
        for word, weight in (("break", 1.0), ("continue", 1.0), ("pass", 0.7), ("return", 0.3)):
            yield Rewrite(node, (replace_node(node, word),), weight)
    for node in target.select(ast.Break, ast.Continue):
        for value in _returned(target, node):
            yield Rewrite(node, (replace_node(node, f"return {value}"),), 0.2)
    for returned in target.select(ast.Return):
        if enclosing_loop(target, returned):
            bare = returned.value is None
            for word in ("continue", "break"):
                yield Rewrite(returned, (replace_node(returned, word),), 1.0 if bare else 0.2)
    for branch in target.select(ast.If):
        last = branch.body[-1]
        if not enclosing_loop(target, branch) or not owns_lines(target, last):
            continue
        if not isinstance(last, EXITS):
            yield inserted_after(target, last, ["break"], 0.3, site=branch)
            yield inserted_after(target, last, ["continue"], 0.2, site=branch)


def _returned(target: Target, node: ast.AST) -> set[str]:
    """What the function returns elsewhere, and can be returned here."""
    function = target.function_of(node)
    values = (
        []
        if function is None
        else [
            inner.value
            for inner in ast.walk(function)
            if isinstance(inner, ast.Return) and inner.value is not None
        ]
    )
    return {
        text(target, value)
        for value in values
        if target.has(node, {part.id for part in ast.walk(value) if isinstance(part, ast.Name)})
    }
