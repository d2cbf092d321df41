"""`yield` for `yield from` or `return`, a recursive generator that is called and dropped."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from repairlsp.generate.templates.code import text
from repairlsp.generate.templates.precedence import Precedence
from repairlsp.generate.templates.registry import in_function, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.target import Target
from repairlsp.splice import replace_node


@template(
    "yield-from",
    source="TBar FP12 (mutate return statement), widened to generators",
    examples=[
        in_function("def flat(xs):", "for x in xs:\n    yield x", "for x in xs:\n    yield from x"),
        in_function("def each(xs):", "yield from xs", "yield xs"),
        in_function(
            "def walk(t):",
            "yield t\nfor c in t.children:\n    walk(c)",
            "yield t\nfor c in t.children:\n    yield from walk(c)",
        ),
        in_function("def once(x):", "return x", "yield x"),
        in_function("def last(x):", "yield x", "return x"),
    ],
)
def yield_from(target: Target) -> Iterator[Rewrite]:
    for node in target.select(ast.Yield):
        if node.value is not None:
            value = text(target, node.value, Precedence.TEST)
            yield Rewrite(node, (replace_node(node, f"yield from {value}"),), 1.0)
            if isinstance(statement := target.parent(node), ast.Expr):
                yield Rewrite(node, (replace_node(statement, f"return {value}"),), 0.2)
    for delegated in target.select(ast.YieldFrom):
        value = text(target, delegated.value, Precedence.TEST)
        yield Rewrite(delegated, (replace_node(delegated, f"yield {value}"),), 1.0)
    for statement in target.select(ast.Expr, ast.Return):
        if isinstance(statement.value, ast.Yield | ast.YieldFrom) or statement.value is None:
            continue
        value = text(target, statement.value, Precedence.TEST)
        generates = _generates(target, statement)
        for source, weight in ((f"yield from {value}", 1.0), (f"yield {value}", 0.7)):
            share = weight if generates else weight / 20
            yield Rewrite(statement, (replace_node(statement, source),), share)


def _generates(target: Target, node: ast.AST) -> bool:
    function = target.function_of(node)
    return function is not None and any(
        isinstance(inner, ast.Yield | ast.YieldFrom) for inner in ast.walk(function)
    )
