"""Comparisons that nobody makes yet: of two variables, or of one with a small number."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import permutations

from repairlsp.generate.templates.names import Name
from repairlsp.generate.templates.target import Target

MAX_VARIABLES = 8
"""Variables compared with one another, the nearest ones: pairs grow with the square."""
_BOX = frozenset(("collection", "string"))
_ORDER = {"<": 1.0, ">": 1.0, "==": 0.7, "!=": 0.5, "<=": 0.7, ">=": 0.7}
_SMALL = {"< 0": 1.0, "== 0": 1.0, "<= 0": 0.5, "== 1": 0.5, "< 1": 0.2, "<= 1": 0.5, "> 1": 0.5}


def comparisons(target: Target, place: ast.AST) -> Iterator[tuple[str, float]]:
    """Comparisons that can be made at the place, with weights up to 1."""
    near = _nearest(target, place)
    for name in near:
        if not name.kinds or "number" in name.kinds:
            share = 1.0 if name.kinds else 0.3
            yield from ((f"{name.id} {rest}", share * weight) for rest, weight in _SMALL.items())
        if name.kinds & _BOX:
            for rest, weight in (("> 1", 0.3), ("== 1", 0.2), ("< 2", 0.2)):
                yield f"len({name.id}) {rest}", weight
    for one, other in permutations(near, 2):
        if other.kinds & _BOX or not other.kinds:
            share = 0.7 if other.kinds else 0.2
            yield f"{one.id} in {other.id}", share
            yield f"{one.id} not in {other.id}", share
        if one.id < other.id:
            yield from _ordered(one, other)


def _ordered(one: Name, other: Name) -> Iterator[tuple[str, float]]:
    both = one.kinds | other.kinds
    if one.kinds & _BOX and other.kinds & _BOX:
        for sign, weight in _ORDER.items():
            yield f"len({one.id}) {sign} len({other.id})", 0.4 * weight
    elif "number" in both or not both:
        share = 1.0 if one.kinds & other.kinds else 0.4
        for sign, weight in _ORDER.items():
            yield f"{one.id} {sign} {other.id}", share * weight
    if not both & _BOX:
        return
    for sign in ("==", "!="):
        yield f"{one.id} {sign} {other.id}", 0.2


def _nearest(target: Target, place: ast.AST) -> list[Name]:
    """The variables bound before the place, those that are bound or used nearest to it first."""
    line = getattr(place, "lineno", 0)
    known = [
        name
        for name in target.names(place).variables()
        if name.id not in ("self", "cls") and name.line <= line and "callable" not in name.kinds
    ]
    uses: dict[str, int] = {}
    for node in target.nodes:
        if isinstance(node, ast.Name) and node.id in {name.id for name in known}:
            distance = abs(node.lineno - line)
            uses[node.id] = min(distance, uses.get(node.id, distance))
    return sorted(known, key=lambda name: uses.get(name.id, 0))[:MAX_VARIABLES]
