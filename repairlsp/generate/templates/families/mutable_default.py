"""A list, dict or set as a parameter's default, shared by all calls."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from repairlsp.generate.templates.registry import in_function, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.statements import (
    first_statement,
    inserted_before,
    owns_lines,
    step,
)
from repairlsp.generate.templates.target import Target
from repairlsp.splice import SplicedLines, node_text, replace_node, splice


@template(
    "mutable-default",
    source="flake8-bugbear B006; Pylint W0102",
    examples=[
        in_function(
            "def add(x, out=[]):",
            "out.append(x)\nreturn out",
            "out.append(x)\nreturn out",
        )._replace(
            after="def add(x, out=None):\n    if out is None:\n        out = []\n"
            "    out.append(x)\n    return out"
        ),
        in_function("def f(*, table={}):", "return table", "")._replace(
            after="def f(*, table=None):\n    if table is None:\n        table = {}\n"
            "    return table"
        ),
    ],
)
def mutable_default(target: Target) -> Iterator[Rewrite]:
    for function in target.functions:
        first = first_statement(function)
        if not owns_lines(target, first):
            continue
        positional = [*function.args.posonlyargs, *function.args.args]
        defaults: list[tuple[ast.arg, ast.expr | None]] = [
            *zip(reversed(positional), reversed(function.args.defaults), strict=False),
            *zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True),
        ]
        for argument, default in defaults:
            if default is not None and _mutable(default):
                value = node_text(default, target.lines)
                header = splice(target.lines, [replace_node(default, "None")])
                guard = [f"if {argument.arg} is None:", f"{step(target)}{argument.arg} = {value}"]
                start = inserted_before(target, first, guard).change
                assert isinstance(start, SplicedLines)
                between = target.lines[header.span.end - 1 : start.span.start - 1]
                whole = SplicedLines(
                    header.span._replace(end=start.span.end),
                    (*header.lines, *between, *start.lines),
                )
                yield Rewrite(default, whole, 1.0)


def _mutable(node: ast.expr) -> bool:
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id in ("list", "dict", "set")
    return isinstance(node, ast.List | ast.Dict | ast.Set)
