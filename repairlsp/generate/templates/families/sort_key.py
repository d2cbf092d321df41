"""A sort that goes the wrong way for a part of its key."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from repairlsp.generate.templates.code import text
from repairlsp.generate.templates.precedence import Precedence
from repairlsp.generate.templates.registry import in_function, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.roles import last_name
from repairlsp.generate.templates.target import Target
from repairlsp.splice import Splice, replace_node

_SORTS = ("sorted", "sort", "min", "max", "nsmallest", "nlargest")


@template(
    "sort-key",
    source="Python Sorting HOWTO, ascending and descending; TBar FP13 (mutate variable)",
    examples=[
        in_function(
            "def order(rows):",
            "return sorted(rows, key=lambda r: (r.points, r.name))",
            "return sorted(rows, key=lambda r: (-r.points, r.name))",
        ),
        in_function(
            "def rank(rows):",
            "rows.sort(key=lambda r: (r.a, -r.b, r.c), reverse=True)",
            "rows.sort(key=lambda r: (-r.a, r.b, r.c))",
        ),
        in_function(
            "def best(rows):",
            "return max(rows, key=lambda r: (r.a, r.b))",
            "return max(rows, key=lambda r: (r.b, r.a))",
        ),
        in_function(
            "def first(rows):",
            "return min(rows, key=lambda r: r.name)",
            "return min(rows, key=lambda r: (r.name, r))",
        ),
    ],
)
def sort_key(target: Target) -> Iterator[Rewrite]:
    for call in target.select(ast.Call):
        if last_name(call.func) not in _SORTS:
            continue
        keyword = next((each for each in call.keywords if each.arg == "key"), None)
        if keyword is None or not isinstance(keyword.value, ast.Lambda):
            continue
        body = keyword.value.body
        parts = body.elts if isinstance(body, ast.Tuple) else [body]
        if any(isinstance(part, ast.Starred) for part in parts):
            continue
        yield from _turned(target, call, parts)
        yield from _reversed(target, call, parts)
        if isinstance(body, ast.Tuple):
            for at in range(len(parts) - 1):
                left, right = parts[at], parts[at + 1]
                swap = (
                    replace_node(left, text(target, right)),
                    replace_node(right, text(target, left)),
                )
                yield Rewrite(call, swap, 0.7)
        else:
            argument = keyword.value.args.args[:1]
            for last in argument:
                both = f"({text(target, body)}, {last.arg})"
                yield Rewrite(call, (replace_node(body, both),), 0.2)


def _turned(target: Target, call: ast.Call, parts: list[ast.expr]) -> Iterator[Rewrite]:
    """One part of the key, the other way round."""
    for part in parts:
        if (opposite := _opposite(target, part)) is not None:
            yield Rewrite(call, (replace_node(part, opposite),), 1.0)


def _reversed(target: Target, call: ast.Call, parts: list[ast.expr]) -> Iterator[Rewrite]:
    """Without `reverse=True`, which turns every part: all the first ones turned by hand."""
    change = next((each for each in call.keywords if each.arg == "reverse"), None)
    if change is None or (gap := _with_comma(target, call, change)) is None:
        return
    turned: list[Splice] = []
    for part in parts:
        if (opposite := _opposite(target, part)) is None:
            return
        turned.append(replace_node(part, opposite))
        yield Rewrite(call, (*turned, gap), 0.5)


def _opposite(target: Target, part: ast.expr) -> str | None:
    """The negated expression; None for what has no negative."""
    match part:
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return text(target, operand)
        case ast.Constant(value=str() | None) | ast.JoinedStr() | ast.Tuple():
            return None
        case _:
            return f"-{text(target, part, Precedence.FACTOR)}"


def _with_comma(target: Target, call: ast.Call, keyword: ast.keyword) -> Splice | None:
    """The removal of a last keyword, with the comma before it."""
    arguments: list[ast.expr | ast.keyword] = [*call.args, *call.keywords]
    arguments.sort(key=lambda node: (node.lineno, node.col_offset))
    if len(arguments) < 2 or arguments[-1] is not keyword:
        return None
    before = arguments[-2]
    assert before.end_lineno is not None and before.end_col_offset is not None
    assert keyword.end_lineno is not None and keyword.end_col_offset is not None
    return Splice(
        before.end_lineno, before.end_col_offset, keyword.end_lineno, keyword.end_col_offset, ""
    )
