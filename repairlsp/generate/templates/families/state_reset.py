"""A variable that should have begun anew: its first value, given once more."""

from __future__ import annotations

import ast
from collections.abc import Iterator

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
        for node in ast.walk(place):
            match node:
                case ast.Assign(targets=[(ast.Name() | ast.Attribute()) as name], value=value):
                    pass
                case ast.AnnAssign(
                    target=(ast.Name() | ast.Attribute()) as name, value=ast.expr() as value
                ):
                    pass
                case _:
                    continue
            field = isinstance(name, ast.Attribute)
            one_line = value.lineno == value.end_lineno
            if not (_plain(value) and one_line and (field or place is function)):
                continue
            found[node_text(name, target.lines), node_text(value, target.lines)] = None
    return found


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
