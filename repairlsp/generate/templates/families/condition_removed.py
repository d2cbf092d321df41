"""A condition that should not be there: the block without its `if`, a comprehension without its."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from repairlsp.generate.templates.code import replacing, text
from repairlsp.generate.templates.precedence import precedence
from repairlsp.generate.templates.registry import in_function, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.statements import indentation, owns_lines, reindented, span
from repairlsp.generate.templates.target import Target
from repairlsp.splice import Splice, SplicedLines


@template(
    "condition-removed",
    source="TBar FP6.2 / PAR Expression Remover",
    examples=[
        in_function(
            "def add(items, x):",
            "if x > 0:\n    # keep\n    items.append(x)\nreturn items",
            "items.append(x)\nreturn items",
        ),
        in_function(
            "def pick(a):",
            "if a:\n    b = 1\nelse:\n    b = 2\nreturn b",
            "b = 2\nreturn b",
        ),
        in_function("def show(a, b):", "return a if a > b else b", "return b"),
        in_function(
            "def all_of(items):",
            "return [x for x in items if x > 0]",
            "return [x for x in items]",
        ),
        in_function("def turn(a, b):", "return a if a > b else b", "return b if a > b else a"),
    ],
)
def condition_removed(target: Target) -> Iterator[Rewrite]:
    for node in target.select(ast.If):
        if owns_lines(target, node):
            for block in (node.body, node.orelse):
                if block and owns_lines(target, block[0]):
                    moved = reindented(target, block, indentation(target, node))
                    if moved is not None:
                        yield Rewrite(node, SplicedLines(span(node), tuple(moved)), 0.5)
    for choice in target.select(ast.IfExp):
        for kept in (choice.body, choice.orelse):
            level = precedence(kept)
            yield replacing(target, choice, text(target, kept, level), 0.5, level=level)
        yield _turned(target, choice)
    for comprehension in target.select(ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp):
        for generator in comprehension.generators:
            yield from _unfiltered(target, comprehension, generator)


def _turned(target: Target, choice: ast.IfExp) -> Rewrite:
    """The other value for each case."""
    body = text(target, choice.body, precedence(choice.body))
    test = text(target, choice.test, precedence(choice.test))
    orelse = text(target, choice.orelse, precedence(choice.orelse))
    if isinstance(choice.orelse, ast.IfExp | ast.Lambda):
        orelse = f"({orelse})"
    return replacing(target, choice, f"{orelse} if {test} else {body}", level=precedence(choice))


def _unfiltered(
    target: Target, comprehension: ast.expr, generator: ast.comprehension
) -> Iterator[Rewrite]:
    before = generator.iter
    for test in generator.ifs:
        assert before.end_lineno is not None and before.end_col_offset is not None
        assert test.end_lineno is not None and test.end_col_offset is not None
        part = Splice(
            before.end_lineno, before.end_col_offset, test.end_lineno, test.end_col_offset, ""
        )
        yield Rewrite(comprehension, (part,), 0.5)
        before = test
