"""A missing `nonlocal` or `global`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from repairlsp.generate.templates.names import bindings, parameters
from repairlsp.generate.templates.registry import Example, in_function, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.statements import first_statement, inserted_before, owns_lines
from repairlsp.generate.templates.target import Target


@template(
    "scope-declaration",
    source="Pylint E0601 (used before assignment); UnboundLocalError",
    examples=[
        in_function(
            "def counter():",
            "n = 0\ndef step():\n    n += 1\n    return n\nreturn step",
            "n = 0\ndef step():\n    nonlocal n\n    n += 1\n    return n\nreturn step",
        ),
        Example(
            "total = 0\n\ndef add(x):\n    total += x",
            "total = 0\n\ndef add(x):\n    global total\n    total += x",
        ),
    ],
)
def scope_declaration(target: Target) -> Iterator[Rewrite]:
    module_names = bindings(target.module)
    for function in target.functions:
        first = first_statement(function)
        if not owns_lines(target, first):
            continue
        taken = {argument.arg for argument in parameters(function.args)}
        declared = {
            name
            for node in ast.walk(function)
            if isinstance(node, ast.Global | ast.Nonlocal)
            for name in node.names
        }
        outer = target.function_of(function)
        outer_names = bindings(outer) if outer else {}
        for name in bindings(function):
            if name in taken or name in declared:
                continue
            site = _first_store(function, name)
            updated = any(_updates(node, name) for node in ast.walk(function))
            weight = 4.0 if updated else 0.5
            if name in outer_names:
                yield inserted_before(target, first, [f"nonlocal {name}"], weight, site=site)
            elif name in module_names:
                yield inserted_before(target, first, [f"global {name}"], weight, site=site)


def _updates(node: ast.AST, name: str) -> bool:
    match node:
        case ast.AugAssign(target=ast.Name(id=id_)):
            return id_ == name
        case _:
            return False


def _first_store(function: ast.AST, name: str) -> ast.AST:
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Store):
            return node
    return function
