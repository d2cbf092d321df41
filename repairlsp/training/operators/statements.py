"""Bugs in statements: missing, doubled, out of order, in the wrong block, wrong jumps."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterator
from random import Random

from repairlsp.splice import node_text, replace_node
from repairlsp.training.operators.registry import Function, Mutation, operator, spliced


def _blocks(function: Function) -> Iterator[list[ast.stmt]]:
    yield function.tree.body
    for node in function.nodes:
        for name in ("body", "orelse", "finalbody"):
            block = getattr(node, name, None)
            if isinstance(block, list) and block and isinstance(block[0], ast.stmt):
                yield block


def _is_docstring(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _whole_lines(function: Function, statement: ast.stmt) -> tuple[int, int] | None:
    """The statement's lines [start, end) from 0, when no other statement shares them."""
    assert statement.end_lineno is not None and statement.end_col_offset is not None
    first, last = function.lines[statement.lineno - 1], function.lines[statement.end_lineno - 1]
    before = first.encode()[: statement.col_offset].decode().strip()
    after = last.encode()[statement.end_col_offset :].decode().split("#")[0].strip()
    return None if before or after else (statement.lineno - 1, statement.end_lineno)


@operator("statement-dropped")
def statement_dropped(function: Function, rng: Random) -> Iterator[Mutation]:
    """A short statement (guards with their body too) is missing."""
    lines = function.lines
    for block in _blocks(function):
        for statement in block:
            place = _whole_lines(function, statement)
            if place and place[1] - place[0] <= 2 and not _is_docstring(statement):
                start, end = place
                if len(block) > 1:
                    yield Mutation((*lines[:start], *lines[end:]))
                elif not isinstance(statement, ast.Pass):
                    indent = lines[start][: len(lines[start]) - len(lines[start].lstrip())]
                    yield Mutation((*lines[:start], f"{indent}pass", *lines[end:]))


@operator("statement-doubled")
def statement_doubled(function: Function, rng: Random) -> Iterator[Mutation]:
    """A short statement stands twice."""
    lines = function.lines
    for node in function.nodes:
        if isinstance(node, ast.AugAssign | ast.Expr) and not _is_docstring(node):
            place = _whole_lines(function, node)
            if place and place[1] - place[0] == 1:
                start, end = place
                yield Mutation((*lines[:end], *lines[start:end], *lines[end:]))


@operator("statements-swapped")
def statements_swapped(function: Function, rng: Random) -> Iterator[Mutation]:
    """Two neighbouring simple statements change places."""
    lines = function.lines
    for block in _blocks(function):
        for first, second in itertools.pairwise(block):
            if isinstance(first, ast.Return | ast.Raise) or _is_docstring(first):
                continue
            a, b = _whole_lines(function, first), _whole_lines(function, second)
            if a and b and a[1] == b[0] and a[1] - a[0] == 1 and b[1] - b[0] <= 2:
                yield Mutation(
                    (*lines[: a[0]], *lines[b[0] : b[1]], *lines[a[0] : a[1]], *lines[b[1] :])
                )


@operator("wrong-block")
def wrong_block(function: Function, rng: Random) -> Iterator[Mutation]:
    """The last statement of a block stands outside of it, or the next one inside."""
    lines = function.lines
    for block in _blocks(function):
        for statement, following in zip(block, [*block[1:], None], strict=True):
            body = getattr(statement, "orelse", None) or getattr(statement, "body", None)
            if not isinstance(statement, ast.If | ast.For | ast.While | ast.With):
                continue
            if not isinstance(body, list):
                continue
            last = _whole_lines(function, body[-1])
            if last and len(body) > 1 and last[1] - last[0] == 1:
                moved = " " * statement.col_offset + lines[last[0]].lstrip()
                yield Mutation((*lines[: last[0]], moved, *lines[last[1] :]))
            after = _whole_lines(function, following) if following else None
            if after and last and after[0] == last[1] and after[1] - after[0] == 1:
                moved = " " * body[-1].col_offset + lines[after[0]].lstrip()
                yield Mutation((*lines[: after[0]], moved, *lines[after[1] :]))


@operator("return")
def wrong_return(function: Function, rng: Random) -> Iterator[Mutation]:
    """A `return` is missing, or returns another variable, or something empty."""
    for node in function.nodes:
        if isinstance(node, ast.Return) and node.value and node.lineno == node.end_lineno:
            text = node_text(node.value, function.lines)
            yield spliced(function, replace_node(node, text))
            others = [name for name in function.names if name != text]
            if others:
                yield spliced(function, replace_node(node, f"return {rng.choice(others)}"))
            empty = rng.choice(("", " None", " False", " True", " 0", " []", " ''"))
            if empty.strip() != text:
                yield spliced(function, replace_node(node, f"return{empty}"))
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Yield) and node.value.value:
            text = node_text(node.value.value, function.lines)
            if "\n" not in text:
                yield spliced(function, replace_node(node, f"return {text}"))


@operator("jump")
def wrong_jump(function: Function, rng: Random) -> Iterator[Mutation]:
    """`break`, `continue`, `pass` and `return` for one another."""
    words: dict[type[ast.stmt], tuple[str, ...]] = {
        ast.Break: ("continue", "pass", "return"),
        ast.Continue: ("break", "pass", "return"),
        ast.Pass: ("return",),
    }
    for node in function.nodes:
        if isinstance(node, ast.Break | ast.Continue | ast.Pass):
            yield spliced(function, replace_node(node, rng.choice(words[type(node)])))


_EXCEPTIONS = (
    "ValueError",
    "TypeError",
    "KeyError",
    "IndexError",
    "AttributeError",
    "RuntimeError",
    "OSError",
    "Exception",
    "StopIteration",
    "LookupError",
    "ImportError",
    "NotImplementedError",
)


@operator("exception")
def wrong_exception(function: Function, rng: Random) -> Iterator[Mutation]:
    """Another type of exception is raised or caught."""
    for node in function.nodes:
        if isinstance(node, ast.Name) and node.id in _EXCEPTIONS:
            other = rng.choice([name for name in _EXCEPTIONS if name != node.id])
            yield spliced(function, replace_node(node, other))


@operator("branch")
def wrong_branch(function: Function, rng: Random) -> Iterator[Mutation]:
    """`if` for `elif` and the reverse."""
    lines = function.lines
    for at, line in enumerate(lines):
        text = line.lstrip()
        indent = line[: len(line) - len(text)]
        if text.startswith("elif "):
            yield Mutation((*lines[:at], f"{indent}if {text[5:]}", *lines[at + 1 :]))
        elif text.startswith("while "):
            yield Mutation((*lines[:at], f"{indent}if {text[6:]}", *lines[at + 1 :]))
