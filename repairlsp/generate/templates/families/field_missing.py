"""A parameter that nothing is done with: a method that forgets to keep it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from repairlsp.generate.templates.families.attribute_replaced import attributes_of
from repairlsp.generate.templates.names import parameters
from repairlsp.generate.templates.parsing import Function
from repairlsp.generate.templates.registry import Example, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.statements import inserted_after, inserted_before, owns_lines
from repairlsp.generate.templates.target import Target

_BOX = "class Box:\n    def __init__(self, w, h):\n        self.w = w\n"
_AREA = "\n    def area(self):\n        return self.w * self.h"


@template(
    "field-missing",
    source="Pylint W0613 (unused argument), E1101 (no member); TBar FP4",
    examples=[
        Example(_BOX + _AREA, _BOX + "        self.h = h\n" + _AREA),
        Example(
            "class Box:\n    def grow(self, by):\n        self.log()\n\n"
            "    def log(self):\n        print(self._by)",
            "class Box:\n    def grow(self, by):\n        self._by = by\n        self.log()\n\n"
            "    def log(self):\n        print(self._by)",
        ),
    ],
)
def field_missing(target: Target) -> Iterator[Rewrite]:
    for method in target.functions:
        owner = target.parent(method)
        if not isinstance(owner, ast.ClassDef):
            continue
        known = attributes_of(owner)
        for name in _unused(method):
            for attribute in (name, f"_{name}"):
                if attribute in known:
                    yield from _kept(target, method, f"self.{attribute} = {name}")


def _unused(method: Function) -> list[str]:
    used = {node.id for node in ast.walk(method) if isinstance(node, ast.Name)}
    names = [argument.arg for argument in parameters(method.args)]
    return [name for name in names[1:] if name not in used]


def _kept(target: Target, method: Function, new: str) -> Iterator[Rewrite]:
    """The statement at the start, at the end, and behind each that is like it."""
    body = [statement for statement in method.body if owns_lines(target, statement)]
    for statement in body:
        match statement:
            case ast.Assign(targets=[ast.Attribute(value=ast.Name(id="self"))]):
                yield inserted_after(target, statement, [new], 1.0)
            case ast.Expr(value=ast.Constant()):
                continue
            case _:
                yield inserted_before(target, statement, [new], 0.3)
    if body:
        yield inserted_after(target, body[-1], [new], 0.3)
