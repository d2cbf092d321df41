"""A variable that should have begun anew: its first value, given once more."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from repairlsp.generate.templates.parsing import Function
from repairlsp.generate.templates.registry import Example, in_function, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.statements import (
    EXITS,
    Loop,
    enclosing_loop,
    inserted_after,
    inserted_before,
    owns_lines,
    step,
)
from repairlsp.generate.templates.target import Target
from repairlsp.splice import node_text

_STATE = (
    "class Timer:\n    def __init__(self):\n        self.since = None\n\n"
    "    def stop(self, now):\n        gone = now - self.since\n"
)


@template(
    "state-reset",
    source="TBar FP4 (insert missed statement); GenProg insert",
    examples=[
        in_function(
            "def groups(xs):",
            "row = []\nout = []\nfor x in xs:\n    if x is None:\n        out.append(row)\n"
            "    else:\n        row.append(x)\nreturn out",
            "row = []\nout = []\nfor x in xs:\n    if x is None:\n        out.append(row)\n"
            "        row = []\n    else:\n        row.append(x)\nreturn out",
        ),
        in_function(
            "def longest(days):",
            "run = best = 0\nfor day in days:\n    if day:\n        run += 1\n"
            "    best = max(best, run)\nreturn best",
            "run = best = 0\nfor day in days:\n    if day:\n        run += 1\n"
            "    else:\n        run = 0\n    best = max(best, run)\nreturn best",
        ),
        Example(
            _STATE + "        return gone",
            _STATE + "        self.since = None\n        return gone",
        ),
    ],
)
def state_reset(target: Target) -> Iterator[Rewrite]:
    for function in target.functions:
        used = _names(function)
        resets = {
            f"{name} = {value}": 1.0 if name in used else 0.15
            for name, value in _first_values(target, function)
        }
        for block in _blocks(function):
            for statement in block:
                if target.suspiciousness(statement) > 0 and owns_lines(target, statement):
                    last = statement is block[-1]
                    for reset, share in resets.items():
                        yield from _put_in(target, statement, reset, share, last)
        yield from _otherwise(target, resets)


def _otherwise(target: Target, resets: Mapping[str, float]) -> Iterator[Rewrite]:
    """In a loop, where what an `if` counts must begin anew when its condition fails."""
    for node in target.select(ast.If):
        if node.orelse or enclosing_loop(target, node) is None or not owns_lines(target, node):
            continue
        changed = {
            ast.unparse(inner.target) for inner in node.body if isinstance(inner, ast.AugAssign)
        }
        for reset, share in resets.items():
            weight = share if reset.partition(" = ")[0] in changed else 0.1 * share
            yield inserted_after(target, node, ["else:", step(target) + reset], weight)


def _first_values(target: Target, function: Function) -> dict[tuple[str, str], None]:
    """What is assigned to, and the plain value: in the function, or in its class to a field."""
    found: dict[tuple[str, str], None] = {}
    owner = target.parent(function)
    places = [function] + [
        node
        for node in (owner.body if isinstance(owner, ast.ClassDef) else [])
        if isinstance(node, Function) and node is not function
    ]
    for place in places:
        for name, value in (pair for node in ast.walk(place) for pair in _assigned(node)):
            field = isinstance(name, ast.Attribute)
            one_line = value.lineno == value.end_lineno
            if _plain(value) and one_line and (field or place is function):
                found[node_text(name, target.lines), node_text(value, target.lines)] = None
    return found


def _assigned(node: ast.AST) -> Iterator[tuple[ast.Name | ast.Attribute, ast.expr]]:
    """What the statement gives a value of its own, and the value."""
    pairs: list[tuple[ast.expr, ast.expr]] = []
    match node:
        case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)):
            pairs = list(zip(names, values, strict=False))
        case ast.Assign(targets=names, value=value):
            pairs = [(name, value) for name in names]
        case ast.AnnAssign(target=only, value=ast.expr() as value):
            pairs = [(only, value)]
    for name, value in pairs:
        if isinstance(name, ast.Name | ast.Attribute):
            yield name, value


def _plain(value: ast.expr) -> bool:
    match value:
        case ast.Constant():
            return value.value is not Ellipsis
        case ast.List(elts=[]) | ast.Dict(keys=[]) | ast.Tuple(elts=[]):
            return True
        case ast.Call(func=ast.Name(id="set" | "list" | "dict"), args=[], keywords=[]):
            return True
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant()):
            return True
        case _:
            return False


def _names(function: Function) -> set[str]:
    """Variables and fields that the function uses."""
    return {ast.unparse(n) for n in ast.walk(function) if isinstance(n, ast.Name | ast.Attribute)}


def _blocks(function: Function) -> Iterator[list[ast.stmt]]:
    for node in ast.walk(function):
        for name in ("body", "orelse"):
            block = getattr(node, name, None)
            if isinstance(block, list) and block and isinstance(block[0], ast.stmt):
                yield block


def _put_in(
    target: Target, at: ast.stmt, reset: str, share: float, last: bool
) -> Iterator[Rewrite]:
    field = reset.startswith("self.")
    weight = share * (0.3 if field or enclosing_loop(target, at) else 0.02)
    if isinstance(at, Loop):
        weight *= 0.5
    yield inserted_before(target, at, [reset], weight * (1.0 if isinstance(at, EXITS) else 0.4))
    if last and not isinstance(at, EXITS):
        yield inserted_after(target, at, [reset], weight)
