"""The wrong kind of branch: `if` for `elif` or `while`, an `else` on the loop or on the `if`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from repairlsp.generate.templates.registry import in_function, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.statements import indentation, owns_lines, reindented
from repairlsp.generate.templates.target import Target
from repairlsp.splice import Splice, SplicedLines
from repairlsp.types import LineSpan


@template(
    "branch-keyword",
    source="TBar FP6 (mutate conditional expression), widened to the keyword and the else",
    examples=[
        in_function(
            "def sign(x):",
            "if x > 0:\n    s = 1\nif x < 0:\n    s = -1\nelse:\n    s = 0\nreturn s",
            "if x > 0:\n    s = 1\nelif x < 0:\n    s = -1\nelse:\n    s = 0\nreturn s",
        ),
        in_function(
            "def both(x, y):",
            "if x:\n    y.a()\nelif y:\n    y.b()",
            "if x:\n    y.a()\nif y:\n    y.b()",
        ),
        in_function("def eat(q):", "if q:\n    q.pop()", "while q:\n    q.pop()"),
        in_function("def one(q):", "while q:\n    q.pop()", "if q:\n    q.pop()"),
        in_function(
            "def find(xs):",
            "for x in xs:\n    if x:\n        break\n    else:\n        return 0",
            "for x in xs:\n    if x:\n        break\nelse:\n    return 0",
        ),
        in_function(
            "def either(a):",
            "if a:\n    b = 1\nb = 2\nreturn b",
            "if a:\n    b = 1\nelse:\n    b = 2\nreturn b",
        ),
    ],
)
def branch_keyword(target: Target) -> Iterator[Rewrite]:
    for node in target.select(ast.If):
        line, column = node.lineno, node.col_offset
        word = target.lines[line - 1].encode()[column:].decode()
        if word.startswith("elif"):
            yield Rewrite(node, (Splice(line, column, line, column + 4, "if"),), 0.8)
        elif word.startswith("if"):
            block = target.block_of(node)
            at = block.index(node)
            before = block[at - 1] if at else None
            if isinstance(before, ast.If) and not _has_else(before):
                yield Rewrite(node, (Splice(line, column, line, column + 2, "elif"),), 1.0)
            if not node.orelse:
                yield Rewrite(node, (Splice(line, column, line, column + 2, "while"),), 0.2)
        yield from _else_of_the_loop(target, node)
    for loop in target.select(ast.While):
        line, column = loop.lineno, loop.col_offset
        if not loop.orelse:
            yield Rewrite(loop, (Splice(line, column, line, column + 5, "if"),), 0.3)
    for statement in target.select(ast.Assign, ast.AugAssign, ast.Expr, ast.Return):
        yield from _as_else(target, statement)


def _has_else(node: ast.If) -> bool:
    while node.orelse:
        if len(node.orelse) > 1 or not isinstance(node.orelse[0], ast.If):
            return True
        node = node.orelse[0]
    return False


def _else_of_the_loop(target: Target, node: ast.If) -> Iterator[Rewrite]:
    """The `else` of an `if` that ends a loop's body, given to the loop."""
    loop = target.parent(node)
    if not isinstance(loop, ast.For | ast.While) or loop.body[-1] is not node or loop.orelse:
        return
    if not node.orelse or not owns_lines(target, node.orelse[0]) or not owns_lines(target, loop):
        return
    body_end = node.body[-1].end_lineno
    assert body_end is not None and node.end_lineno is not None
    between = [line.strip() for line in target.lines[body_end : node.orelse[0].lineno - 1]]
    outer = indentation(target, loop)
    inner = outer + indentation(target, node)[len(outer) :]
    moved = reindented(target, node.orelse, inner)
    if between == ["else:"] and moved is not None:
        span = LineSpan(body_end + 1, node.end_lineno + 1)
        yield Rewrite(node, SplicedLines(span, (f"{outer}else:", *moved)), 0.6)


def _as_else(target: Target, statement: ast.stmt) -> Iterator[Rewrite]:
    """What follows an `if` without an `else`, as its `else`."""
    block = target.block_of(statement)
    at = block.index(statement)
    before = block[at - 1] if at else None
    if not isinstance(before, ast.If) or _has_else(before) or not owns_lines(target, statement):
        return
    if not owns_lines(target, before.body[0]):
        return
    moved = reindented(target, [statement], indentation(target, before.body[0]))
    if moved is not None:
        header = f"{indentation(target, statement)}else:"
        span = LineSpan(statement.lineno, statement.lineno + len(moved))
        yield Rewrite(statement, SplicedLines(span, (header, *moved)), 0.4)
