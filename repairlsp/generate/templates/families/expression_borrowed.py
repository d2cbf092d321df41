"""A wrong value where the module has a better one: what it gives to the same role elsewhere."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from repairlsp.generate.templates.code import replacing
from repairlsp.generate.templates.ingredients import Ingredient
from repairlsp.generate.templates.registry import Example, in_function, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.roles import role
from repairlsp.generate.templates.target import Target
from repairlsp.splice import node_text

_WORD = re.compile(r"\w+")
_ROLES = {
    "argument": 1.0,
    "keyword": 1.0,
    "assigned": 1.0,
    "added": 1.0,
    "index": 1.0,
    "entry": 0.5,
    "compared": 0.7,
    "returned": 0.4,
    "condition": 0.4,
    "iterated": 0.4,
    "choice": 0.2,
}
"""How well the role alone says what fits. Some, as `key`, have families of their own."""


@template(
    "expression-borrowed",
    source="TBar FP13; plastic surgery hypothesis (Barr et al. 2014); ssFix (Xin and Reiss 2017)",
    examples=[
        Example(
            "def a(path, port):\n    return connect(path, port=port + 1)\n\n"
            "def b(path, port):\n    return connect(path, port=path)",
            "def a(path, port):\n    return connect(path, port=port + 1)\n\n"
            "def b(path, port):\n    return connect(path, port=port + 1)",
        ),
        in_function(
            "def edge(a, b):",
            "end = a.bounds[1]\nif b:\n    end = b\nreturn end",
            "end = a.bounds[1]\nif b:\n    end = a.bounds[1]\nreturn end",
        ),
    ],
)
def expression_borrowed(target: Target) -> Iterator[Rewrite]:
    for node in target.select(ast.expr):
        if node.lineno != node.end_lineno or isinstance(node, ast.Starred):
            continue
        if isinstance(getattr(node, "ctx", None), ast.Store | ast.Del):
            continue
        place = role(node, target.parent(node))
        share = _ROLES.get(place[0], 0.0) if place else 0.0
        if place is None or not share:
            continue
        own = node_text(node, target.lines)
        weights: dict[str, tuple[float, Ingredient]] = {}
        for other in target.ingredients.by_role.get(place, ()):
            if other.source == own or not target.has(node, other.names):
                continue
            weight = share * target.nearness(node, other.home) * _alike(own, other.source)
            known = weights.get(other.source)
            weights[other.source] = (weight + (known[0] if known else 0.0), other)
        for source, (weight, other) in weights.items():
            yield replacing(target, node, source, weight, level=other.level)


def _alike(one: str, other: str) -> float:
    """How much two expressions have in common, from 0.3 to 1: the share of words of both."""
    words, others = set(_WORD.findall(one)), set(_WORD.findall(other))
    return 0.3 + 0.7 * len(words & others) / max(1, len(words | others))
