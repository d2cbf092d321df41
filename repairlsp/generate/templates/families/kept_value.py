"""What should have been kept is replaced: a best one so far, a count or a list by key."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from repairlsp.generate.templates.code import replacing, text
from repairlsp.generate.templates.precedence import Precedence
from repairlsp.generate.templates.registry import in_function, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.statements import (
    enclosing_loop,
    indentation,
    owns_lines,
    span,
)
from repairlsp.generate.templates.target import Target
from repairlsp.splice import SplicedLines, node_text


@template(
    "kept-value",
    source="PySStuBs Add Function Around Expression; Pylint R1715 (consider-using-get); KeyError",
    examples=[
        in_function(
            "def longest(runs):",
            "best = 0\nfor run in runs:\n    best = run\nreturn best",
            "best = 0\nfor run in runs:\n    best = max(best, run)\nreturn best",
        ),
        in_function(
            "def tally(votes):",
            "counts = {}\nfor vote in votes:\n    counts[vote] += 1\nreturn counts",
            "counts = {}\nfor vote in votes:\n    counts[vote] = counts.get(vote, 0) + 1\n"
            "return counts",
        ),
        in_function(
            "def merge(a, b):",
            "for key in b:\n    a[key] = b[key]\nreturn a",
            "for key in b:\n    a[key] = a.get(key, 0) + b[key]\nreturn a",
        ),
        in_function(
            "def group(words):",
            "found = {}\nfor word in words:\n    found[word[0]] = [word]\nreturn found",
            "found = {}\nfor word in words:\n    found.setdefault(word[0], []).append(word)\n"
            "return found",
        ),
        in_function(
            "def group(words):",
            "found = {}\nfor word in words:\n    found[word[0]].append(word)\nreturn found",
            "found = {}\nfor word in words:\n    found.setdefault(word[0], []).append(word)\n"
            "return found",
        ),
    ],
)
def kept_value(target: Target) -> Iterator[Rewrite]:
    for statement in target.select(ast.Assign):
        match statement:
            case ast.Assign(targets=[ast.Name() | ast.Attribute() as place], value=value):
                yield from _extreme(target, statement, place, value)
            case ast.Assign(targets=[ast.Subscript() as place], value=value):
                yield from _extreme(target, statement, place, value)
                yield from _by_key(target, statement, place, value)
    for added in target.select(ast.AugAssign):
        match added:
            case ast.AugAssign(target=ast.Subscript() as place, op=ast.Add(), value=value):
                new = f"{node_text(place, target.lines)} = {_so_far(target, place)}"
                source = f"{new} + {text(target, value, Precedence.TERM)}"
                yield from _instead(target, added, source, 2.0)
    for call in target.select(ast.Call):
        match call.func:
            case ast.Attribute(value=ast.Subscript() as place, attr="append" | "extend"):
                yield replacing(target, place, _default(target, place, "[]"), 1.0, site=call)
            case ast.Attribute(value=ast.Subscript() as place, attr="add" | "update"):
                yield replacing(target, place, _default(target, place, "set()"), 1.0, site=call)


def _extreme(
    target: Target,
    statement: ast.Assign,
    place: ast.Name | ast.Attribute | ast.Subscript,
    value: ast.expr,
) -> Iterator[Rewrite]:
    """The largest, or the smallest, so far."""
    kinds = target.kinds(value)
    if enclosing_loop(target, statement) is None or (kinds and "number" not in kinds):
        return
    if isinstance(value, ast.Constant):
        return
    kept, new = node_text(place, target.lines), text(target, value)
    for function in ("max", "min"):
        yield replacing(target, value, f"{function}({kept}, {new})", 0.5, site=statement)


def _by_key(
    target: Target, statement: ast.Assign, place: ast.Subscript, value: ast.expr
) -> Iterator[Rewrite]:
    """The count, the sum or the list that the key has so far."""
    if isinstance(place.slice, ast.Slice | ast.Tuple):
        return
    looped = 1.0 if enclosing_loop(target, statement) else 0.2
    own = node_text(place, target.lines)
    added = text(target, value, Precedence.TERM)
    yield replacing(
        target, value, f"{_so_far(target, place)} + {added}", looped, level=Precedence.SUM
    )
    yield replacing(target, value, f"{own} + {added}", looped / 2, level=Precedence.SUM)
    appended = value.elts[0] if isinstance(value, ast.List) and len(value.elts) == 1 else value
    source = f"{_default(target, place, '[]')}.append({text(target, appended)})"
    listed = isinstance(value, ast.List)
    yield from _instead(target, statement, source, looped if listed else looped / 4)


def _so_far(target: Target, place: ast.Subscript) -> str:
    box = text(target, place.value, Precedence.ATOM)
    return f"{box}.get({node_text(place.slice, target.lines)}, 0)"


def _default(target: Target, place: ast.Subscript, first: str) -> str:
    box = text(target, place.value, Precedence.ATOM)
    return f"{box}.setdefault({node_text(place.slice, target.lines)}, {first})"


def _instead(target: Target, statement: ast.stmt, source: str, weight: float) -> Iterator[Rewrite]:
    if owns_lines(target, statement) and "\n" not in source:
        new = (indentation(target, statement) + source,)
        yield Rewrite(statement, SplicedLines(span(statement), new), weight)
