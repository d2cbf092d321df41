"""One mutable value in many places, where each should have had its own."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from repairlsp.generate.templates.code import replacing, text
from repairlsp.generate.templates.precedence import Precedence
from repairlsp.generate.templates.registry import in_function, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.target import Target
from repairlsp.splice import replace_node


@template(
    "shared-value",
    source="Python FAQ, How do I create a multidimensional list; ruff RUF024",
    examples=[
        in_function(
            "def grid(w, h):",
            "return [[0] * w] * h",
            "return [[0] * w for _ in range(h)]",
        ),
        in_function(
            "def table(keys):",
            "return dict.fromkeys(keys, [])",
            "return {key: [] for key in keys}",
        ),
        in_function(
            "def parts(n):",
            "a = b = []\nreturn a, b, n",
            "a, b = [], []\nreturn a, b, n",
        ),
    ],
)
def shared_value(target: Target) -> Iterator[Rewrite]:
    for node in target.select(ast.BinOp):
        match node:
            case ast.BinOp(left=ast.List(elts=[element]), op=ast.Mult(), right=count):
                if not isinstance(element, ast.Constant | ast.Name):
                    many = f"range({text(target, count)})"
                    each = f"[{text(target, element)} for _ in {many}]"
                    yield replacing(target, node, each)
    for call in target.select(ast.Call):
        match call:
            case ast.Call(func=ast.Attribute(attr="fromkeys"), args=[keys, value], keywords=[]):
                if not isinstance(value, ast.Constant | ast.Name):
                    shown = text(target, keys, Precedence.OR)
                    each = f"{{key: {text(target, value)} for key in {shown}}}"
                    yield replacing(target, call, each)
    for statement in target.select(ast.Assign):
        value = statement.value
        mutable = isinstance(value, ast.List | ast.Dict | ast.Set | ast.Call)
        if len(statement.targets) > 1 and mutable and statement.lineno == statement.end_lineno:
            names = ", ".join(text(target, each) for each in statement.targets)
            values = ", ".join([text(target, value)] * len(statement.targets))
            change = replace_node(statement, f"{names} = {values}")
            yield Rewrite(statement, (change,))
