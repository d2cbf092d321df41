"""A statement that should not be there."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from repairlsp.generate.templates.parsing import Function
from repairlsp.generate.templates.registry import in_function, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.statements import deleted, owns_lines
from repairlsp.generate.templates.target import Target


@template(
    "statement-deleted",
    source="TBar FP15 (remove buggy statement); GenProg delete",
    examples=[
        in_function(
            "def join(xs):",
            "out = list(xs)\nout.pop()\nreturn out",
            "out = list(xs)\nreturn out",
        ),
        in_function("def try_(x):", "if x:\n    x.stop()\nreturn x", "if x:\n    pass\nreturn x"),
        in_function(
            "def each(xs):",
            "for x in xs:\n    if not x:\n        break\n    x()",
            "for x in xs:\n    x()",
        ),
    ],
)
def statement_deleted(target: Target) -> Iterator[Rewrite]:
    for statement in target.select(ast.stmt):
        if isinstance(statement, Function | ast.ClassDef | ast.Pass):
            continue
        if owns_lines(target, statement):
            yield deleted(target, statement, _weight(statement))


def _weight(statement: ast.stmt) -> float:
    match statement:
        case ast.Import() | ast.ImportFrom() | ast.Global() | ast.Nonlocal():
            return 0.05
        case ast.Return() | ast.Raise() | ast.Assert():
            return 0.4
        case ast.Expr() | ast.AugAssign() | ast.Break() | ast.Continue():
            return 1.0
        case ast.If() | ast.Assign():
            return 0.6
        case _:
            return 0.3
