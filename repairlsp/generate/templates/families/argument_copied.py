"""A value of the caller's that is changed in place, or kept: a copy of it is."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from repairlsp.generate.templates.code import replacing
from repairlsp.generate.templates.names import parameters
from repairlsp.generate.templates.registry import in_function, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.statements import first_statement, inserted_before, owns_lines
from repairlsp.generate.templates.target import Target

_CHANGES = {
    "append", "extend", "insert", "remove", "pop", "sort", "reverse", "clear", "update", "add",
    "discard", "setdefault", "popitem", "appendleft", "popleft",
}  # fmt: skip
_COPIES = {"list({})": 1.0, "dict({})": 0.7, "set({})": 0.3, "{}.copy()": 0.7}


@template(
    "argument-copied",
    source="Pylint W0102 and its kin (aliasing); TSSB-3M Add Function Around Expression",
    examples=[
        in_function(
            "def top(xs):",
            "xs.sort()\nreturn xs[0]",
            "xs = list(xs)\nxs.sort()\nreturn xs[0]",
        ),
        in_function(
            "def with_name(row, name):",
            "row['name'] = name\nreturn row",
            "row = dict(row)\nrow['name'] = name\nreturn row",
        ),
        in_function(
            "def start(self, xs):",
            "self.all = xs\nself.left = xs",
            "self.all = xs\nself.left = list(xs)",
        ),
    ],
)
def argument_copied(target: Target) -> Iterator[Rewrite]:
    for function in target.functions:
        names = [argument.arg for argument in parameters(function.args)]
        changed = {name for node in ast.walk(function) for name in _changed(node)}
        first = first_statement(function)
        for name in names:
            if name in changed and owns_lines(target, first):
                for copy, weight in _COPIES.items():
                    line = f"{name} = {copy.format(name)}"
                    yield inserted_before(target, first, [line], weight, site=function)
    for statement in target.select(ast.Assign):
        match statement:
            case ast.Assign(targets=[ast.Attribute()], value=ast.Name(id=name) as value):
                for copy, weight in _COPIES.items():
                    yield replacing(target, value, copy.format(name), 0.3 * weight)


def _changed(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=method)):
            if method in _CHANGES:
                yield name
        case ast.Subscript(value=ast.Name(id=name), ctx=ast.Store() | ast.Del()):
            yield name
