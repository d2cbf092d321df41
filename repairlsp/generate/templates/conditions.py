"""Conditions that may be missing at a place: guards of its operands, tests of the code around."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from repairlsp.generate.templates.code import text
from repairlsp.generate.templates.comparisons import comparisons
from repairlsp.generate.templates.names import Name
from repairlsp.generate.templates.parsing import Function
from repairlsp.generate.templates.precedence import Precedence
from repairlsp.generate.templates.target import Target


class Condition(NamedTuple):
    """An expression to test. `guard`: it protects what follows, so it is evaluated first."""

    source: str
    weight: float
    guard: bool = False


def missing_conditions(target: Target, place: ast.AST) -> Iterator[Condition]:
    """Conditions for `place`, a condition or a statement, likeliest kinds first.

    Guards against what the place itself would choke on (a None, an index out of range, a missing
    key, a zero divisor), then conditions that the function tests elsewhere, then plain tests of
    the variables that the place uses, then comparisons of any.
    """
    yield from _guards(target, place)
    yield from conditions_elsewhere(target, place)
    yield from _borrowed(target, place)
    for name in used_variables(target, place):
        yield Condition(f"{name.id} is not None", 0.6, guard=True)
        yield Condition(name.id, 0.6, guard=True)
        yield Condition(f"not {name.id}", 0.4)
        if "number" in name.kinds:
            yield Condition(f"{name.id} > 0", 0.5)
    used = {name.id for name in used_variables(target, place)}
    line = getattr(place, "lineno", 0)
    for name in target.names(place).variables():
        known = name.id not in used and name.id not in ("self", "cls")
        if known and name.line <= line and "callable" not in name.kinds:
            yield Condition(name.id, 0.1)
            yield Condition(f"not {name.id}", 0.1)
    for source, weight in comparisons(target, place):
        yield Condition(source, 0.2 * weight)


def used_variables(target: Target, place: ast.AST) -> list[Name]:
    """Parameters and local variables read at the place, each once, in source order."""
    found: dict[str, Name] = {}
    for node in ast.walk(place):
        if not (isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)):
            continue
        name = target.names(node).get(node.id) if node in target.parents else None
        variable = name and name.origin in ("parameter", "local") and node.id not in ("self", "cls")
        if name and variable and "callable" not in name.kinds:
            found.setdefault(node.id, name)
    return list(found.values())


def conditions_elsewhere(target: Target, place: ast.AST) -> Iterator[Condition]:
    """What the same function tests in other places, and the opposite of it."""
    function = target.function_of(place)
    if function is None:
        return
    seen: set[str] = set()
    for test, conditions in _tests(target, function):
        if test is place or place in target.ancestors(test):
            continue
        for condition in conditions:
            if condition.source not in seen:
                seen.add(condition.source)
                yield condition


def _borrowed(target: Target, place: ast.AST) -> Iterator[Condition]:
    """What other functions of the file test about the names and attributes that the place uses."""
    home = target.function_of(place)
    words = _words(place)
    seen: set[str] = set()
    for other in target.ingredients.by_role.get(("condition",), ()):
        if other.home.function is home or isinstance(other.node, ast.BoolOp | ast.Constant):
            continue
        shared = len(words & _words(other.node))
        if shared and other.source not in seen and target.has(place, other.names):
            seen.add(other.source)
            weight = 0.3 * min(shared, 3) * target.nearness(place, other.home)
            source = other.source if other.level >= Precedence.NOT else f"({other.source})"
            yield Condition(source, weight)


@lru_cache(maxsize=4096)
def _words(node: ast.AST) -> frozenset[str]:
    """The names, less `self`, and the attributes in some code."""
    found = set()
    for inner in ast.walk(node):
        match inner:
            case ast.Name(id=word) | ast.Attribute(attr=word):
                found.add(word)
    return frozenset(found - {"self", "cls"})


@lru_cache(maxsize=32)
def _tests(
    target: Target, function: Function
) -> tuple[tuple[ast.expr, tuple[Condition, ...]], ...]:
    """The tests in a function, each with its short parts and their opposites."""
    found = []
    for node in ast.walk(function):
        if isinstance(node, ast.If | ast.While | ast.IfExp) and node in target.parents:
            conditions: list[Condition] = []
            for part in _atoms(node.test):
                source = text(target, part, Precedence.NOT)
                if len(source) <= 60 and source not in ("True", "1"):
                    conditions.append(Condition(source, 0.5))
                    conditions.append(Condition(negated(target, part), 0.3))
            found.append((node.test, tuple(conditions)))
    return tuple(found)


def negated(target: Target, test: ast.expr) -> str:
    """The opposite of a condition, written as people write it."""
    opposites = {
        ast.Eq: "!=",
        ast.NotEq: "==",
        ast.Lt: ">=",
        ast.GtE: "<",
        ast.Gt: "<=",
        ast.LtE: ">",
        ast.In: "not in",
        ast.NotIn: "in",
        ast.Is: "is not",
        ast.IsNot: "is",
    }
    match test:
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return text(target, operand, Precedence.NOT)
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            first = text(target, left, Precedence.BIT_OR)
            return f"{first} {opposites[type(op)]} {text(target, right, Precedence.BIT_OR)}"
        case _:
            return f"not {text(target, test, Precedence.NOT)}"


def _atoms(test: ast.expr) -> Iterator[ast.expr]:
    """A condition's parts; the whole of one that has none."""
    if isinstance(test, ast.BoolOp):
        for value in test.values:
            yield from _atoms(value)
    else:
        yield test


def _guards(target: Target, place: ast.AST) -> Iterator[Condition]:
    if isinstance(place, Function | ast.ClassDef):
        return
    for node in ast.walk(place):
        match node:
            case ast.Subscript(value=ast.Name(id=box), slice=ast.Name(id=index)):
                yield Condition(f"{index} < len({box})", 1.5, guard=True)
                yield Condition(f"{index} in {box}", 1.2, guard=True)
                yield Condition(f"{index} >= 0", 0.7, guard=True)
                yield Condition(f"{index} not in {box}", 0.4)
            case ast.Subscript(value=ast.Name(id=box), slice=ast.Constant(value=int())):
                yield Condition(box, 1.5, guard=True)
            case ast.Subscript(
                value=ast.Name(id=box),
                slice=ast.BinOp(left=ast.Name(id=index), op=op, right=ast.Constant(value=int(off))),
            ):
                if isinstance(op, ast.Add):
                    yield Condition(f"{index} + {off} < len({box})", 1.5, guard=True)
                elif isinstance(op, ast.Sub):
                    yield Condition(f"{index} >= {off}", 1.2, guard=True)
                    yield Condition(f"{index} > 0", 0.8, guard=True)
            case ast.Attribute(value=ast.Name(id=owner)) if owner not in ("self", "cls"):
                yield Condition(f"{owner} is not None", 1.0, guard=True)
                yield Condition(owner, 0.8, guard=True)
            case ast.Attribute(value=ast.Attribute(value=ast.Name(id=owner), attr=attr)):
                yield Condition(f"{owner}.{attr} is not None", 1.0, guard=True)
            case ast.BinOp(op=ast.Div() | ast.FloorDiv() | ast.Mod(), right=ast.Name(id=divisor)):
                yield Condition(divisor, 1.0, guard=True)
                yield Condition(f"{divisor} != 0", 1.0, guard=True)
