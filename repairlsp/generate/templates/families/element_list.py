"""An element too many or too few in a list, tuple or set that is written out."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import lru_cache

from repairlsp.generate.templates.code import replacing, text
from repairlsp.generate.templates.precedence import Precedence
from repairlsp.generate.templates.registry import Example, in_function, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.target import Target
from repairlsp.splice import node_text


@template(
    "element-list",
    source="PySStuBs Add Elements To Iterable",
    examples=[
        in_function("def both(a, b):", "return [a]", "return [a, b]"),
        in_function("def one(a, b):", "return (a, b)", "return (a,)"),
        in_function("def skip(k):", "return k in {1, 2, 3}", "return k in {1, 3}"),
        Example(
            "A = ('a', 'b')\n\ndef known(x):\n    return x in ['a']",
            "A = ('a', 'b')\n\ndef known(x):\n    return x in ['a', 'b']",
        ),
        in_function(
            "def number(x):",
            "if isinstance(x, float):\n    return 1\nreturn isinstance(x, int)",
            "if isinstance(x, float):\n    return 1\nreturn isinstance(x, (int, float))",
        ),
    ],
)
def element_list(target: Target) -> Iterator[Rewrite]:
    for node in target.select(ast.List, ast.Tuple, ast.Set):
        if node.lineno != node.end_lineno or _bound(node) or not 1 <= len(node.elts) <= 8:
            continue
        own = [text(target, element) for element in node.elts]
        for at in range(len(own)):
            if len(own) > 1:
                yield _with(target, node, own[:at] + own[at + 1 :], 0.3)
        for other, weight in _more(target, node, own):
            yield _with(target, node, [*own, other], weight)
            yield _with(target, node, [other, *own], weight / 3)
    for call in target.select(ast.Call):
        match call:
            case ast.Call(
                func=ast.Name(id="isinstance" | "issubclass"), args=[_, ast.Name() as one]
            ):
                for kind, weight in _kinds(target, one.id):
                    yield replacing(target, one, f"({one.id}, {kind})", weight, site=call)


def _bound(node: ast.expr) -> bool:
    return not isinstance(getattr(node, "ctx", ast.Load()), ast.Load)


def _with(target: Target, node: ast.expr, elements: list[str], weight: float) -> Rewrite:
    inside = ", ".join(elements)
    if isinstance(node, ast.List):
        return replacing(target, node, f"[{inside}]", weight)
    if isinstance(node, ast.Set):
        return replacing(target, node, f"{{{inside}}}", weight)
    inside += "," if len(elements) == 1 else ""
    if node_text(node, target.lines).startswith("("):
        return replacing(target, node, f"({inside})", weight)
    return replacing(target, node, inside, weight, level=Precedence.TUPLE)


def _more(target: Target, node: ast.expr, own: list[str]) -> Iterator[tuple[str, float]]:
    """What stands beside one of these elements elsewhere; names in scope."""
    found: dict[str, float] = {}
    for beside in _written_out(target.module, tuple(target.lines)):
        if not set(own).isdisjoint(beside):
            found |= dict.fromkeys(beside, 0.5)
    if any(element.isidentifier() for element in own):
        for name in target.names(node).variables():
            if name.id not in ("self", "cls") and name.line <= node.lineno:
                found.setdefault(name.id, 0.1)
    known = target.names(node)
    for element, weight in found.items():
        simple = not element.isidentifier() or element in known
        if element not in own and simple and len(element) <= 30:
            yield element, weight


@lru_cache(maxsize=4)
def _written_out(module: ast.Module, lines: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The elements of the module's lists, tuples and sets of 2 to 12, as written."""
    return tuple(
        tuple(node_text(element, lines) for element in node.elts)
        for node in ast.walk(module)
        if isinstance(node, ast.List | ast.Tuple | ast.Set)
        and not _bound(node)
        and 1 < len(node.elts) <= 12
        and node.lineno == node.end_lineno
    )


def _kinds(target: Target, name: str) -> Iterator[tuple[str, float]]:
    near = {"int": "float", "str": "bytes", "list": "tuple", "dict": "Mapping", "set": "frozenset"}
    near |= {other: one for one, other in near.items()}
    if name in near:
        yield near[name], 0.5
    for other in target.module.body:
        if isinstance(other, ast.ClassDef) and other.name != name:
            yield other.name, 0.1
