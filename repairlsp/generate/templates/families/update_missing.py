"""A missing statement: a counter's step, a mark in a set of seen ones, a copy of another."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from repairlsp.generate.templates.registry import in_function, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.statements import (
    Loop,
    inserted_after,
    inserted_before,
    owns_lines,
    span,
)
from repairlsp.generate.templates.target import Target
from repairlsp.splice import node_text


@template(
    "update-missing",
    source="TBar FP4 (insert missed statement); GenProg insert",
    examples=[
        in_function(
            "def scan(xs, i):",
            "while i < len(xs):\n    print(xs[i])",
            "while i < len(xs):\n    print(xs[i])\n    i += 1",
        ),
        in_function(
            "def unique(xs):",
            "seen = set()\nfor x in xs:\n    if x not in seen:\n        yield x",
            "seen = set()\nfor x in xs:\n    if x not in seen:\n        yield x\n"
            "        seen.add(x)",
        ),
        in_function(
            "def parse(xs, out, row):",
            "for x in xs:\n    if not x:\n        out.append(row)\nreturn out",
            "for x in xs:\n    if not x:\n        out.append(row)\nout.append(row)\nreturn out",
        ),
        in_function(
            "def chain(node):",
            "while node:\n    print(node)",
            "while node:\n    print(node)\n    node = node.next",
        ),
    ],
)
def update_missing(target: Target) -> Iterator[Rewrite]:
    for loop in target.select(ast.For, ast.While, ast.AsyncFor):
        last = loop.body[-1]
        if owns_lines(target, last):
            for new, weight in _steps(target, loop):
                yield inserted_after(target, last, [new], weight, site=loop)
    for branch in target.select(ast.If):
        last = branch.body[-1]
        if owns_lines(target, last):
            for new in _marks(target, branch.test):
                yield inserted_after(target, last, [new], 0.5, site=branch)
    for call in target.select(ast.Expr):
        if isinstance(call.value, ast.Call) and "\n" not in node_text(call, target.lines):
            yield from _again(target, call)


def _steps(target: Target, loop: Loop) -> Iterator[tuple[str, float]]:
    """How the loop may be meant to get on."""
    changed = {
        node.id
        for node in ast.walk(loop)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    if isinstance(loop, ast.While):
        for node in ast.walk(loop.test):
            if isinstance(node, ast.Name) and node.id not in changed:
                kinds = target.kinds(node)
                if "callable" in kinds:
                    continue
                number = "number" in kinds or not kinds
                yield f"{node.id} += 1", 1.0 if number else 0.1
                yield f"{node.id} -= 1", 0.8 if number else 0.1
                for attribute in ("next", "parent"):
                    yield f"{node.id} = {node.id}.{attribute}", 0.1 if number else 0.4
    for name in target.names(loop).variables():
        if name.origin == "local" and "number" in name.kinds and name.id not in changed:
            yield f"{name.id} += 1", 0.3


def _marks(target: Target, test: ast.expr) -> Iterator[str]:
    """For `x not in seen`, that x has been seen now."""
    match test:
        case ast.Compare(left=left, ops=[ast.NotIn()], comparators=[ast.Name(id=box)]):
            item = node_text(left, target.lines)
            yield f"{box}.add({item})"
            yield f"{box}.append({item})"
            yield f"{box}[{item}] = None"


def _again(target: Target, call: ast.Expr) -> Iterator[Rewrite]:
    """The same call once more, behind each of the blocks around it: the last group's flush."""
    text = node_text(call, target.lines)
    for outer in target.ancestors(call):
        if not isinstance(outer, Loop | ast.If | ast.With):
            break
        if owns_lines(target, outer):
            weight = 0.5 if isinstance(outer, Loop) else 0.2
            yield inserted_after(target, outer, [text], weight, site=call)
    block = target.block_of(call)
    for other in block:
        if other is not call and owns_lines(target, other) and span(other).start > call.lineno:
            yield inserted_before(target, other, [text], 0.05, site=call)
