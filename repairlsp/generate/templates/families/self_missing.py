"""A name that lacks its `self.`, or has one too many; a method without its `self` parameter."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import lru_cache

from repairlsp.generate.templates.code import replacing
from repairlsp.generate.templates.names import bindings
from repairlsp.generate.templates.parsing import Function
from repairlsp.generate.templates.registry import Example, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.target import Target
from repairlsp.splice import Splice

_CLASS = "class Cart:\n    def __init__(self, items):\n        self.items = items\n\n"


@template(
    "self-missing",
    source="Pylint E0213, E0602, W0201; PySStuBs Add Attribute Access",
    examples=[
        Example(
            _CLASS + "    def size(self):\n        return len(items)",
            _CLASS + "    def size(self):\n        return len(self.items)",
        ),
        Example(
            _CLASS + "    def empty(self):\n        items = []",
            _CLASS + "    def empty(self):\n        self.items = []",
        ),
        Example(
            _CLASS + "    def fill(self, items):\n        return self.items + [1]",
            _CLASS + "    def fill(self, items):\n        return items + [1]",
        ),
        Example(
            _CLASS + "    def size(other):\n        return len(self.items)",
            _CLASS + "    def size(self, other):\n        return len(self.items)",
        ),
    ],
)
def self_missing(target: Target) -> Iterator[Rewrite]:
    for node in target.select(ast.Name):
        owner = _owner(target, node)
        if owner and f"_{node.id}" in _attributes(owner):
            yield replacing(target, node, f"self._{node.id}", 0.5)
        if owner and node.id in _attributes(owner):
            names = target.names(node)
            known = node.id in names
            stored = isinstance(node.ctx, ast.Store)
            weight = 0.7 if stored or known else 5.0
            yield replacing(target, node, f"self.{node.id}", weight)
    for attribute in target.select(ast.Attribute):
        value = attribute.value
        if isinstance(value, ast.Name) and value.id == "self":
            name = target.names(attribute).get(attribute.attr)
            if name and name.origin != "builtin":
                weight = 0.6 if name.origin in ("parameter", "local") else 0.1
                yield replacing(target, attribute, attribute.attr, weight)
    yield from _without_parameter(target)


def _owner(target: Target, node: ast.AST) -> ast.ClassDef | None:
    """The class whose method, with a `self`, the node is in."""
    owner, method = target.class_of(node), target.function_of(node)
    return owner if method and owner and "self" in target.names(node) else None


@lru_cache(maxsize=32)
def _attributes(owner: ast.ClassDef) -> frozenset[str]:
    found = set(bindings(owner))
    for node in ast.walk(owner):
        match node:
            case ast.Attribute(value=ast.Name(id="self"), attr=name):
                found.add(name)
    return frozenset(found)


def _without_parameter(target: Target) -> Iterator[Rewrite]:
    for function in target.functions:
        if not isinstance(target.parent(function), ast.ClassDef) or function.decorator_list:
            continue
        arguments = [*function.args.posonlyargs, *function.args.args]
        if arguments and arguments[0].arg in ("self", "cls"):
            continue
        site = _first_use(target, function)
        if arguments:
            line, column = arguments[0].lineno, arguments[0].col_offset
            yield Rewrite(site, (Splice(line, column, line, column, "self, "),), 20.0)
        else:
            header = target.lines[function.lineno - 1]
            if "()" in header:
                column = len(header.partition("()")[0].encode()) + 1
                line = function.lineno
                yield Rewrite(site, (Splice(line, column, line, column, "self"),), 20.0)


def _first_use(target: Target, function: Function) -> ast.AST:
    marked = [node for node in ast.walk(function) if target.marks.get(node, 0) > 0]  # type: ignore[call-overload]
    return marked[0] if marked else function
