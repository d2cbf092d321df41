"""A missing statement that stands in such a place elsewhere: after the same, before the same."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from repairlsp.generate.templates.parsing import Function
from repairlsp.generate.templates.registry import Example, in_function, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.snippets import Snippet, neighbours
from repairlsp.generate.templates.statements import (
    EXITS,
    indentation,
    inserted_after,
    inserted_before,
    owns_lines,
    span,
)
from repairlsp.generate.templates.target import Target
from repairlsp.splice import SplicedLines

_PER_PLACE = 12


@template(
    "statement-borrowed",
    source="TBar FP4 (insert missed statement); GenProg insert; plastic surgery hypothesis",
    examples=[
        Example(
            "def a(out, x):\n    out.open()\n    out.put(x)\n    out.close()\n\n"
            "def b(out, x):\n    out.open()\n    out.put(x)",
            "def a(out, x):\n    out.open()\n    out.put(x)\n    out.close()\n\n"
            "def b(out, x):\n    out.open()\n    out.put(x)\n    out.close()",
        ),
        in_function(
            "def both(a, x):",
            "if x:\n    a.lock()\n    a.run(1)\nelse:\n    a.run(2)",
            "if x:\n    a.lock()\n    a.run(1)\nelse:\n    a.lock()\n    a.run(2)",
        ),
        in_function(
            "def both(a, x):",
            "if x:\n    a.lock()\nelse:\n    pass",
            "if x:\n    a.lock()\nelse:\n    a.lock()",
        ),
    ],
)
def statement_borrowed(target: Target) -> Iterator[Rewrite]:
    for block, parent in _blocks(target):
        for at, statement in enumerate(block):
            if target.suspiciousness(statement) <= 0 or not owns_lines(target, statement):
                continue
            if isinstance(statement, ast.Pass):
                for snippet, weight in _fitting(target, block, at, at + 1, parent):
                    indent = indentation(target, statement)
                    lines = tuple(indent + line for line in snippet.lines)
                    change = SplicedLines(span(statement), lines)
                    yield Rewrite(statement, change, 3.0 * weight)
                continue
            for snippet, weight in _fitting(target, block, at, at, parent):
                yield inserted_before(target, statement, snippet.lines, weight)
            if at + 1 == len(block) and not isinstance(statement, EXITS):
                for snippet, weight in _fitting(target, block, at + 1, at + 1, parent):
                    yield inserted_after(target, statement, snippet.lines, weight)


def _blocks(target: Target) -> Iterator[tuple[list[ast.stmt], ast.AST]]:
    for node in target.nodes:
        if isinstance(node, ast.ClassDef):
            continue
        for name in ("body", "orelse", "finalbody"):
            block = getattr(node, name, None)
            if isinstance(block, list) and block and isinstance(block[0], ast.stmt):
                yield block, node


def _fitting(
    target: Target, block: Sequence[ast.stmt], start: int, end: int, parent: ast.AST
) -> list[tuple[Snippet, float]]:
    """Snippets for the place of block[start:end], the best first."""
    before, behind = neighbours(block, start, end, parent)
    place = block[min(start, len(block) - 1)]
    around = {id(statement) for statement in block}
    found: dict[tuple[str, ...], tuple[Snippet, float]] = {}
    for snippets, says in (
        (target.snippets.behind.get(before, ()), before),
        (target.snippets.before.get(behind, ()), behind),
    ):
        edge = says[0] in ("first", "last")
        for snippet in snippets:
            if not target.has(place, snippet.names):
                continue
            near = target.nearness(place, snippet.home)
            weight = near * (0.1 if edge else 1.0) / (1 + len(snippets)) ** 0.5
            if id(snippet.statement) in around:
                weight *= 0.1
            known = found.get(snippet.lines)
            found[snippet.lines] = (snippet, weight + (known[1] if known else 0.0))
    last = start == len(block) or isinstance(parent, Function)
    weighed = [
        (snippet, weight * (1.0 if last or not isinstance(snippet.statement, EXITS) else 0.1))
        for snippet, weight in found.values()
    ]
    return sorted(weighed, key=lambda item: -item[1])[:_PER_PLACE]
