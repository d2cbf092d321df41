"""What must happen in any case, but does not when something raises: `try` ... `finally`."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from repairlsp.generate.templates.parsing import Function
from repairlsp.generate.templates.registry import in_function, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.statements import indentation, owns_lines, reindented, span, step
from repairlsp.generate.templates.target import Target
from repairlsp.splice import SplicedLines
from repairlsp.types import LineSpan

_ENDINGS = ("release", "close", "unlock", "stop", "disconnect", "shutdown", "cleanup", "restore")


@template(
    "finally-missing",
    source="contextlib.contextmanager (yield in a try); Pylint R1732; TBar FP4, FP5",
    examples=[
        in_function(
            "def indented(self):",
            "self.depth += 1\nyield self\nself.depth -= 1",
            "self.depth += 1\ntry:\n    yield self\nfinally:\n    self.depth -= 1",
        ),
        in_function(
            "def locked(lock, run):",
            "lock.acquire()\nrun()\nlock.release()",
            "lock.acquire()\ntry:\n    run()\nfinally:\n    lock.release()",
        ),
    ],
)
def finally_missing(target: Target) -> Iterator[Rewrite]:
    for block in _blocks(target):
        for at, statement in enumerate(block):
            if target.suspiciousness(statement) <= 0 or at + 1 == len(block):
                continue
            if _is_yield(statement):
                yield from _wrapped(target, block, at, at + 1, statement, 1.0)
        last = block[-1]
        if _ends(last) and target.suspiciousness(last) > 0:
            for start in range(len(block) - 1):
                weight = 0.5 if start == 1 else 0.2
                yield from _wrapped(target, block, start, len(block) - 1, last, weight)


def _blocks(target: Target) -> Iterator[list[ast.stmt]]:
    for node in target.nodes:
        if isinstance(node, Function | ast.If | ast.With | ast.AsyncWith | ast.For | ast.While):
            yield node.body


def _is_yield(statement: ast.stmt) -> bool:
    match statement:
        case ast.Expr(value=ast.Yield()) | ast.Assign(value=ast.Yield()):
            return True
        case _:
            return False


def _ends(statement: ast.stmt) -> bool:
    match statement:
        case ast.Expr(value=ast.Call(func=ast.Attribute(attr=name))):
            return name in _ENDINGS
        case ast.Expr(value=ast.Await(value=ast.Call(func=ast.Attribute(attr=name)))):
            return name in _ENDINGS
        case _:
            return False


def _wrapped(
    target: Target,
    block: Sequence[ast.stmt],
    start: int,
    middle: int,
    site: ast.AST,
    weight: float,
) -> Iterator[Rewrite]:
    """`try` around block[start:middle], `finally` before all that follows."""
    if not all(owns_lines(target, statement) for statement in block[start:]):
        return
    indent = indentation(target, block[start])
    inner = indent + step(target)
    tried = reindented(target, block[start:middle], inner)
    ended = reindented(target, block[middle:], inner)
    if tried is None or ended is None:
        return
    whole = LineSpan(span(block[start]).start, span(block[-1]).end)
    lines = (f"{indent}try:", *tried, f"{indent}finally:", *ended)
    yield Rewrite(site, SplicedLines(whole, lines), weight)
