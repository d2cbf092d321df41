"""A wrong name: another variable, parameter or function that fits the place."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache

from repairlsp.generate.templates.kinds import Kind, use_kind
from repairlsp.generate.templates.names import Name, Names, fit, parameters
from repairlsp.generate.templates.parsing import Function
from repairlsp.generate.templates.registry import in_function, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.target import Target
from repairlsp.splice import replace_node

_ORIGIN = {"parameter": 1.0, "local": 1.0, "enclosing": 0.7, "global": 0.25, "builtin": 0.1}


@template(
    "wrong-variable",
    source="TBar FP13.1; ManySStuBs Change Identifier Used; VarMisuse (Allamanis et al. 2018)",
    examples=[
        in_function(
            "def longest(first, second):",
            "n = len(first)\nm = len(first)\nreturn max(n, m)",
            "n = len(first)\nm = len(second)\nreturn max(n, m)",
        ),
        in_function(
            "def total(rows):",
            "out = 0\nfor row in rows:\n    out += rows\nreturn out",
            "out = 0\nfor row in rows:\n    out += row\nreturn out",
        ),
        in_function(
            "def put(table, key, value):",
            "table[key] = key\nreturn table",
            "table[key] = value\nreturn table",
        ),
        in_function(
            "def count(a):",
            "left = right = 0\nfor x in a:\n    left += 1\nreturn left, right",
            "left = right = 0\nfor x in a:\n    right += 1\nreturn left, right",
        ),
        in_function(
            "def each(xs):",
            "for y in xs:\n    print(x)",
            "for x in xs:\n    print(x)",
        ),
        in_function(
            "def walk(node):",
            "def visit(n):\n    return node.left\nreturn visit(node)",
            "def visit(n):\n    return n.left\nreturn visit(node)",
        ),
    ],
)
def wrong_variable(target: Target) -> Iterator[Rewrite]:
    for node in target.select(ast.Name):
        if isinstance(node.ctx, ast.Del) or node.id in ("self", "cls", "super"):
            continue
        names = target.names(node)
        for name, weight in _alternatives(target, node, names):
            yield Rewrite(node, (replace_node(node, name.id),), weight)
        if isinstance(node.ctx, ast.Store):
            for unbound in undefined(target, node):
                yield Rewrite(node, (replace_node(node, unbound),), 4.0)


def undefined(target: Target, node: ast.AST) -> list[str]:
    """Names that the function around the node reads and nobody binds."""
    function = target.function_of(node)
    return [] if function is None else list(_undefined(target, function))


@lru_cache(maxsize=64)
def _undefined(target: Target, function: Function) -> tuple[str, ...]:
    names = target.names(function)
    read: dict[str, None] = {}
    bound = {argument.arg for argument in parameters(function.args)}
    updated = {
        id(node.target): node.target.id
        for node in ast.walk(function)
        if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name)
    }
    for inner in ast.walk(function):
        if isinstance(inner, ast.Global | ast.Nonlocal):
            bound.update(inner.names)
        elif isinstance(inner, ast.Name):
            if isinstance(inner.ctx, ast.Load) or id(inner) in updated:
                read[inner.id] = None
            else:
                bound.add(inner.id)
    unset = set(updated.values()) - bound
    return tuple(id_ for id_ in read if id_ in unset or names.get(id_) is None)


def _alternatives(target: Target, node: ast.Name, names: Names) -> Iterator[tuple[Name, float]]:
    parent = target.parent(node)
    here = use_kind(node, parent)
    current = names.get(node.id)
    wanted: frozenset[Kind] = frozenset({here} if here else ())
    if not wanted and current and len(current.kinds) == 1:
        wanted = current.kinds
    called = isinstance(parent, ast.Call) and parent.func is node
    stored = isinstance(node.ctx, ast.Store)
    twin = _twin(node, parent)
    for name in names:
        if name.id == node.id or name.id.startswith("__"):
            continue
        if name.origin == "global" and (
            stored or not (called or (current and current.origin == "global"))
        ):
            continue
        if called and "callable" not in name.kinds and name.origin == "global":
            continue
        weight = _ORIGIN[name.origin] * fit(name.kinds, wanted)
        weight *= 1 + 2 * _likeness(name.id, node.id)
        if stored and not isinstance(parent, ast.Assign | ast.AugAssign):
            weight *= 0.3  # loop targets and the like are seldom the wrong name
        if name.id in ("self", "cls"):
            weight *= 0.05
        if name.line > node.lineno and not _in_loop(target, node):
            weight *= 0.1  # not bound yet
        if name.id == twin:
            weight *= 0.2  # `x < x`
        yield name, weight


def _twin(node: ast.Name, parent: ast.AST) -> str | None:
    """The name on the other side of an operation or assignment."""
    match parent:
        case ast.BinOp(left=ast.Name(id=one), right=ast.Name(id=other)):
            return one if other == node.id else other
        case ast.Compare(left=ast.Name(id=one), comparators=[ast.Name(id=other)]):
            return one if other == node.id else other
        case ast.Assign(targets=[ast.Name(id=one)], value=ast.Name(id=other)):
            return one if other == node.id else other
        case _:
            return None


@lru_cache(maxsize=10_000)
def _likeness(one: str, other: str) -> float:
    """How alike two names look, in [0, 1]: `row` and `rows`, `x1` and `x2`."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _in_loop(target: Target, node: ast.AST) -> bool:
    loops = (
        ast.For,
        ast.While,
        ast.AsyncFor,
        ast.ListComp,
        ast.GeneratorExp,
        ast.SetComp,
        ast.DictComp,
    )
    return any(isinstance(outer, loops) for outer in target.ancestors(node))
