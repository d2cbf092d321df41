"""The wrong attribute: another one of the class, or one that the code around uses."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from functools import lru_cache

from repairlsp.generate.templates.code import replacing, text
from repairlsp.generate.templates.names import bindings
from repairlsp.generate.templates.parsing import Function
from repairlsp.generate.templates.precedence import Precedence
from repairlsp.generate.templates.registry import Example, in_function, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.roles import last_name
from repairlsp.generate.templates.target import Target
from repairlsp.splice import Splice


@template(
    "attribute-replaced",
    source="TBar FP13 (mutate variable); PySStuBs Change Attribute Used, Add Attribute Access",
    examples=[
        Example(
            "class Box:\n    def __init__(self, w, h):\n        self.w = w\n"
            "        self.h = h\n\n    def area(self):\n        return self.w * self.w",
            "class Box:\n    def __init__(self, w, h):\n        self.w = w\n"
            "        self.h = h\n\n    def area(self):\n        return self.w * self.h",
        ),
        in_function(
            "def walk(node):",
            "if node.left:\n    walk(node.left)\nif node.right:\n    walk(node.left)",
            "if node.left:\n    walk(node.left)\nif node.right:\n    walk(node.right)",
        ),
        in_function(
            "def far(a, b):",
            "return a.x - b",
            "return a.x - b.x",
        ),
        in_function(
            "def here(os, path):",
            "os.path.join(path)\nreturn os.curdir.exists(path)",
            "os.path.join(path)\nreturn os.path.exists(path)",
        ),
        in_function("def when(a, now):", "return a.made + 1", "return now + 1"),
        in_function("def bare(a):", "return a.x.y", "return a.x"),
        in_function("def skip(a):", "return a.x.y", "return a.y"),
    ],
)
def attribute_replaced(target: Target) -> Iterator[Rewrite]:
    known = _known(target)
    for node in target.select(ast.Attribute):
        called = _called(target, node)
        own = _class_attributes(target, node)
        weights = dict(known)
        beside = target.vocabulary.attributes_of.get(last_name(node.value), {})
        weights |= {name: 2.0 if method == called else 0.3 for name, method in own.items()}
        for name, method in beside.items():
            weights[name] = max(weights.get(name, 0.0), 1.5 if method == called else 0.2)
        weights.pop(node.attr, None)
        for name, weight in weights.items():
            yield Rewrite(node, (_renamed(node, name),), weight * (0.3 + _alike(name, node.attr)))
        if isinstance(node.ctx, ast.Load) and not called:
            level = Precedence.ATOM
            yield replacing(target, node, text(target, node.value, level), 0.3)
            for local in target.names(node).variables():
                if local.origin in ("parameter", "local") and local.line < node.lineno:
                    yield replacing(target, node, local.id, 0.05)
    for name_ in target.select(ast.Name):
        parent = target.parent(name_)
        used = isinstance(parent, ast.Attribute | ast.Call | ast.Subscript | ast.arg)
        argument = isinstance(parent, ast.Call) and parent.func is not name_
        variable = name_.id in {name.id for name in target.names(name_).variables()}
        if variable and isinstance(name_.ctx, ast.Load) and (argument or not used):
            for attribute, share in known.items():
                source = f"{name_.id}.{attribute}"
                yield replacing(target, name_, source, 0.05 * share)


def _known(target: Target) -> dict[str, float]:
    """Attributes that the span reads or writes (not calls), and how often, at most 12."""
    counts: dict[str, float] = {}
    for node in target.nodes:
        if isinstance(node, ast.Attribute) and not _called(target, node):
            counts[node.attr] = counts.get(node.attr, 0.5) + 0.5
    return dict(sorted(counts.items(), key=lambda item: -item[1])[:12])


def _class_attributes(target: Target, node: ast.Attribute) -> Mapping[str, bool]:
    """The attributes of the class around, for `self.x` -> whether each is a method."""
    owner = target.class_of(node)
    if owner is None or not (isinstance(node.value, ast.Name) and node.value.id in ("self", "cls")):
        return {}
    return attributes_of(owner)


@lru_cache(maxsize=32)
def attributes_of(owner: ast.ClassDef) -> Mapping[str, bool]:
    """The attributes that a class has or its methods use of `self` -> whether each is a method."""
    found = dict.fromkeys(bindings(owner), False)
    for part in ast.walk(owner):
        match part:
            case ast.Attribute(value=ast.Name(id="self"), attr=name):
                found.setdefault(name, False)
    methods = {stmt.name: stmt for stmt in owner.body if isinstance(stmt, Function)}
    for name, method in methods.items():
        found[name] = not any(
            isinstance(decorator, ast.Name) and decorator.id.endswith("property")
            for decorator in method.decorator_list
        )
    return {name: method for name, method in found.items() if not name.startswith("__")}


def _called(target: Target, node: ast.Attribute) -> bool:
    parent = target.parent(node)
    return isinstance(parent, ast.Call) and parent.func is node


def _renamed(node: ast.Attribute, name: str) -> Splice:
    line, column = node.end_lineno, node.end_col_offset
    assert line is not None and column is not None
    return Splice(line, column - len(node.attr.encode()), line, column, name)


@lru_cache(maxsize=10_000)
def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
