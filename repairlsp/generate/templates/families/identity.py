"""`is` for `==` and the other way round; `is None` for `is not None`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from repairlsp.generate.templates.code import replacing_operator
from repairlsp.generate.templates.registry import in_function, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.target import Target


@template(
    "identity",
    source="TBar FP11.1 (mutate operators); pycodestyle E711, Pyflakes F632",
    examples=[
        in_function("def same(a, b):", "return a is b", "return a == b"),
        in_function("def other(a, b):", "return a is not b", "return a != b"),
        in_function("def unset(a):", "return a is None", "return a is not None"),
        in_function("def ready(a):", "return a is not None", "return a is None"),
        in_function("def absent(a):", "return a == None", "return a is None"),
        in_function("def kind(a):", "return type(a)==str", "return type(a) is str"),
    ],
)
def identity(target: Target) -> Iterator[Rewrite]:
    for node in target.select(ast.Compare):
        operands = [node.left, *node.comparators]
        for at, op in enumerate(node.ops):
            left, right = operands[at], operands[at + 1]
            match op:
                case ast.Is():
                    old, alternatives = "is", {"is not": 1.0, "==": 0.7}
                case ast.IsNot():
                    old, alternatives = "is not", {"is": 1.0, "!=": 0.7}
                case ast.Eq():
                    old, alternatives = "==", {"is": _singleton(right)}
                case ast.NotEq():
                    old, alternatives = "!=", {"is not": _singleton(right)}
                case _:
                    continue
            for new, weight in alternatives.items():
                if part := replacing_operator(target, left, right, old, new):
                    yield Rewrite(node, (part,), weight)


def _singleton(node: ast.expr) -> float:
    """How likely a comparison with this was meant as one of identity."""
    if isinstance(node, ast.Constant):
        return 0.7 if node.value is None or isinstance(node.value, bool) else 0.0
    return 0.1
