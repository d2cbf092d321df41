"""A statement that should run only sometimes: put under an `if`, a comprehension given a filter."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from repairlsp.generate.templates.conditions import missing_conditions
from repairlsp.generate.templates.registry import in_function, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.statements import (
    indentation,
    owns_lines,
    reindented,
    span,
    step,
)
from repairlsp.generate.templates.target import Target
from repairlsp.splice import Splice, SplicedLines


@template(
    "condition-added",
    source="TBar FP2.1, FP3 (range checker), FP4; PAR Null Pointer Checker, Range Checker",
    examples=[
        in_function(
            "def rename(user, name):",
            "user.name = name\nreturn user",
            "if user is not None:\n    user.name = name\nreturn user",
        ),
        in_function(
            "def count(words, table):",
            "for word in words:\n    table[word] += 1\nreturn table",
            "for word in words:\n    if word in table:\n        table[word] += 1\nreturn table",
        ),
        in_function(
            "def names(users):",
            "return [user.name for user in users]",
            "return [user.name for user in users if user is not None]",
        ),
    ],
)
def condition_added(target: Target) -> Iterator[Rewrite]:
    for statement in target.select(ast.Assign, ast.AugAssign, ast.Expr, ast.Return):
        if not owns_lines(target, statement):
            continue
        indent = indentation(target, statement)
        moved = reindented(target, [statement], indent + step(target))
        if moved is None:
            continue
        for condition in missing_conditions(target, statement):
            new = (f"{indent}if {condition.source}:", *moved)
            yield Rewrite(statement, SplicedLines(span(statement), new), condition.weight)
    for comprehension in target.select(ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp):
        for generator in comprehension.generators:
            if not generator.ifs:
                yield from _filtered(target, comprehension, generator)


def _filtered(
    target: Target, comprehension: ast.expr, generator: ast.comprehension
) -> Iterator[Rewrite]:
    bound = {node.id for node in ast.walk(generator.target) if isinstance(node, ast.Name)}
    line, column = generator.iter.end_lineno, generator.iter.end_col_offset
    assert line is not None and column is not None
    for condition in missing_conditions(target, comprehension):
        words = condition.source.replace(".", " ").split()
        if bound.intersection(words):
            part = Splice(line, column, line, column, f" if {condition.source}")
            yield Rewrite(comprehension, (part,), condition.weight)
