"""A statement one level too deep or not deep enough, or before its neighbour instead of after."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import pairwise

from repairlsp.generate.templates.parsing import Function
from repairlsp.generate.templates.registry import in_function, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.statements import (
    indentation,
    lines,
    owns_lines,
    reindented,
    span,
)
from repairlsp.generate.templates.target import Target
from repairlsp.splice import SplicedLines

_Block = ast.If | ast.For | ast.AsyncFor | ast.While | ast.With | ast.AsyncWith | ast.Try


@template(
    "statement-moved",
    source="TBar FP14 (move statement); GenProg swap",
    examples=[
        in_function(
            "def total(xs):",
            "n = 0\nfor x in xs:\n    n += x\n    print(n)",
            "n = 0\nfor x in xs:\n    n += x\nprint(n)",
        ),
        in_function(
            "def all_(xs, out):",
            "for x in xs:\n    y = x + 1\nout.append(y)",
            "for x in xs:\n    y = x + 1\n    out.append(y)",
        ),
        in_function("def move(a, b):", "a.start = b.end\nb.end = 0", "b.end = 0\na.start = b.end"),
        in_function(
            "def both(a):",
            "if a:\n    b = 1\nelse:\n    b = 2\n    c = 3\nreturn b, c",
            "if a:\n    b = 1\nelse:\n    b = 2\nc = 3\nreturn b, c",
        ),
        in_function(
            "def pick(xs):",
            "for x in xs:\n    if x:\n        return x\n    else:\n        return 0",
            "for x in xs:\n    if x:\n        return x\nreturn 0",
        ),
        in_function(
            "def loop(a):",
            "while a:\n    a.b()\n    if a:\n        a.c()\n        a.d()",
            "while a:\n    a.b()\n    if a:\n        a.c()\n    a.d()",
        ),
    ],
)
def statement_moved(target: Target) -> Iterator[Rewrite]:
    for statement in target.select(ast.stmt):
        if isinstance(statement, Function | ast.ClassDef) or not owns_lines(target, statement):
            continue
        yield from _out(target, statement)
        yield from _in(target, statement)
    for block in _blocks(target):
        for first, second in pairwise(block):
            worst = max(first, second, key=target.suspiciousness)
            if target.suspiciousness(worst) > 0:
                yield from _swapped(target, first, second, worst)


def _out(target: Target, statement: ast.stmt) -> Iterator[Rewrite]:
    """Out of the block that it ends, once or twice; the block may have an `else`."""
    worth = 1.0
    block, outer = target.block_of(statement), target.parent(statement)
    while block[-1] is statement or worth < 1.0:
        if not isinstance(outer, _Block) or not owns_lines(target, outer):
            return
        moved = reindented(target, [statement], indentation(target, outer))
        if moved is None:
            return
        start, end = span(statement)
        behind = list(target.lines[end - 1 : span(outer).end - 1])
        left: list[str] = []
        if len(target.block_of(statement)) == 1:
            orelse = getattr(target.parent(statement), "orelse", [])
            if orelse and orelse[0] is statement:
                start = _else_line(target, statement)  # the `else:` goes with it
            else:
                left = [indentation(target, statement) + "pass"]
        change = SplicedLines(span(outer)._replace(start=start), (*left, *behind, *moved))
        loop = isinstance(outer, ast.For | ast.While | ast.AsyncFor)
        yield Rewrite(statement, change, worth * (0.8 if loop else 0.4))
        if worth < 1.0 or target.block_of(outer)[-1] is not outer:
            return
        outer, worth = target.parent(outer), 0.4


def _else_line(target: Target, statement: ast.stmt) -> int:
    line = span(statement).start - 1
    while line > 1 and not target.lines[line - 1].lstrip().startswith("else"):
        line -= 1
    return line


def _in(target: Target, statement: ast.stmt) -> Iterator[Rewrite]:
    """Into the block before it, at its end."""
    block = target.block_of(statement)
    at = block.index(statement)
    before = block[at - 1] if at else None
    while isinstance(before, _Block) and not isinstance(before, ast.Try):
        tail = before.orelse if isinstance(before, ast.If) and before.orelse else before.body
        if owns_lines(target, tail[-1]):
            moved = reindented(target, [statement], indentation(target, tail[-1]))
            if moved is not None and not getattr(before, "orelse", None):
                loop = isinstance(before, ast.For | ast.While | ast.AsyncFor)
                change = SplicedLines(span(statement), tuple(moved))
                yield Rewrite(statement, change, 0.6 if loop else 0.4)
        before = tail[-1]


def _swapped(
    target: Target, first: ast.stmt, second: ast.stmt, site: ast.stmt
) -> Iterator[Rewrite]:
    for statement in (first, second):
        if isinstance(statement, Function | ast.ClassDef) or not owns_lines(target, statement):
            return
    between = target.lines[span(first).end - 1 : span(second).start - 1]
    change = SplicedLines(
        span(first)._replace(end=span(second).end),
        (*lines(target, second), *between, *lines(target, first)),
    )
    both_simple = not isinstance(first, _Block) and not isinstance(second, _Block)
    weight = 0.3 if both_simple else 0.2
    if isinstance(first, ast.If) and isinstance(second, ast.If):
        weight = 0.4
    yield Rewrite(site, change, weight)


def _blocks(target: Target) -> Iterator[list[ast.stmt]]:
    for node in target.nodes:
        for name in ("body", "orelse", "finalbody"):
            block = getattr(node, name, None)
            if isinstance(block, list) and block and isinstance(block[0], ast.stmt):
                yield block
