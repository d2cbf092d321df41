"""A method that does not keep the object's numbers up to date: `self.stock -= count`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from repairlsp.generate.templates.kinds import value_kind
from repairlsp.generate.templates.names import parameters
from repairlsp.generate.templates.parsing import Function
from repairlsp.generate.templates.registry import Example, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.statements import (
    EXITS,
    inserted_after,
    inserted_before,
    owns_lines,
)
from repairlsp.generate.templates.target import Target

_STOCK = (
    "class Shelf:\n    def __init__(self):\n        self.stock = 0\n\n"
    "    def add(self, count):\n        self.stock += count\n\n"
    "    def take(self, count):\n        print(count)\n"
)


@template(
    "field-update",
    source="TBar FP4 (insert missed statement); GenProg insert",
    examples=[
        Example(_STOCK, _STOCK + "        self.stock -= count\n"),
        Example(
            _STOCK + "        return count",
            _STOCK + "        self.stock -= 1\n        return count",
        ),
    ],
)
def field_update(target: Target) -> Iterator[Rewrite]:
    for function in target.functions:
        owner = target.parent(function)
        if not isinstance(owner, ast.ClassDef):
            continue
        updates = list(_updates(function, _numbers(owner)))
        for node in ast.walk(function):
            if not isinstance(node, ast.stmt) or node is function:
                continue
            if target.suspiciousness(node) > 0 and owns_lines(target, node):
                put = inserted_before if isinstance(node, EXITS) else inserted_after
                for update, weight in updates:
                    yield put(target, node, [update], weight)


def _updates(function: Function, fields: dict[str, bool]) -> Iterator[tuple[str, float]]:
    """`self.field += value` for the values that the method is given, and for one."""
    given = [argument.arg for argument in parameters(function.args)]
    for field, is_counted in fields.items():
        for value in given[1:]:
            for sign in "-+":
                yield f"self.{field} {sign}= {value}", 0.3 if is_counted else 0.1
        for sign in "+-":
            yield f"self.{field} {sign}= 1", 0.15 if is_counted else 0.05


def _numbers(owner: ast.ClassDef) -> dict[str, bool]:
    """The fields of the class that hold numbers, and whether something is added to each."""
    found: dict[str, bool] = {}
    for node in ast.walk(owner):
        match node:
            case ast.AugAssign(
                target=ast.Attribute(value=ast.Name(id="self"), attr=field),
                op=ast.Add() | ast.Sub(),
                value=value,
            ) if value_kind(value) in (None, "number"):
                found[field] = True
            case ast.Assign(
                targets=[ast.Attribute(value=ast.Name(id="self"), attr=field)], value=value
            ) if value_kind(value) == "number":
                found.setdefault(field, False)
    return found
