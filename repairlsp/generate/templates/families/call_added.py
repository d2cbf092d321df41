"""A value that lacks a conversion, a copy or a clean-up: `len(x)`, `x.copy()`, `x.strip()`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from repairlsp.generate.templates.code import replacing, text
from repairlsp.generate.templates.kinds import Kind
from repairlsp.generate.templates.names import fit
from repairlsp.generate.templates.precedence import Precedence
from repairlsp.generate.templates.registry import in_function, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.target import Target
from repairlsp.splice import node_text

_FUNCTIONS: dict[Kind, dict[str, float]] = {
    "collection": {
        "len": 3, "list": 2, "sorted": 2, "set": 1.2, "reversed": 1.2, "sum": 1, "tuple": 1,
        "max": 0.7, "min": 0.7, "enumerate": 0.7, "any": 0.3, "all": 0.3, "dict": 0.3,
    },
    "number": {"abs": 2, "int": 2, "str": 1.5, "float": 1, "round": 1, "range": 0.7, "bool": 0.2},
    "string": {"int": 1.5, "len": 1.2, "str": 0.5, "float": 0.5, "list": 0.3, "repr": 0.2},
    "boolean": {"bool": 0.5, "int": 0.5},
    "object": {"str": 1, "bool": 0.3, "repr": 0.3, "len": 0.2, "list": 0.2},
}  # fmt: skip
_METHODS: dict[Kind, dict[str, float]] = {
    "collection": {
        ".copy()": 2, "[:]": 1.5, ".items()": 1.5, ".values()": 1, ".keys()": 0.3, "[0]": 0.5,
        "[-1]": 0.4, "[::-1]": 0.4, "[1:]": 0.7, "[:-1]": 0.6,
    },
    "string": {".strip()": 2, ".lower()": 2, ".upper()": 0.6, ".split()": 1, "[::-1]": 0.2},
}  # fmt: skip


@template(
    "call-added",
    source="TBar FP13.2; PySStuBs Add Function Around Expression, Add Method Call",
    examples=[
        in_function("def last(xs):", "xs.pop()\nreturn xs > 2", "xs.pop()\nreturn len(xs) > 2"),
        in_function(
            "def paths(path, out):",
            "path.append(1)\nout.append(path)",
            "path.append(1)\nout.append(path.copy())",
        ),
        in_function("def gap(a, b):", "return a - b", "return abs(a - b)"),
        in_function(
            "def show(table):",
            "for key, value in table:\n    print(key, value)",
            "for key, value in table.items():\n    print(key, value)",
        ),
        in_function("def same(a, b):", "return a == b.lower()", "return a.lower() == b.lower()"),
        in_function("def label(n):", "return 'n' + n", "return 'n' + str(n)"),
        in_function("def flat(x):", "return x", "return [x]"),
        in_function("def bare(x):", "x += '_'\nreturn x", "x += '_'\nreturn x.strip('_')"),
    ],
)
def call_added(target: Target) -> Iterator[Rewrite]:
    for node in target.select(ast.Name, ast.Attribute, ast.Subscript, ast.Call):
        if isinstance(node, ast.Call) or isinstance(node.ctx, ast.Load):
            yield from _wrapped(target, node)
    for value in target.select(ast.BinOp, ast.ListComp, ast.GeneratorExp):
        yield from _wrapped(target, value)


def _wrapped(target: Target, node: ast.expr) -> Iterator[Rewrite]:
    place = _place(target, node)
    if place is None or node_text(node, target.lines) in ("self", "cls"):
        return
    kinds = target.kinds(node)
    if "callable" in kinds and "collection" not in kinds:
        return
    argument = text(target, node)
    bare = text(target, node, Precedence.ATOM)
    weights: dict[str, float] = {}
    for kind, functions in _FUNCTIONS.items():
        for function, weight in functions.items():
            source = f"{function}{argument}" if _generator(node) else f"{function}({argument})"
            share = weight * fit(kinds, frozenset({kind})) * place.get(function, 0.5)
            weights[source] = max(share, weights.get(source, 0))
    for kind, methods in _METHODS.items():
        for method, weight in methods.items():
            share = weight * fit(kinds, frozenset({kind})) * place.get(method, 0.5)
            weights[bare + method] = max(share, weights.get(bare + method, 0))
    names = target.names(node)
    for called, count in target.vocabulary.calls.items():
        if called in names and not called[0].isupper():
            weights.setdefault(f"{called}({argument})", 0.1 * min(count, 5))
    for called, count in target.vocabulary.methods.items():
        weights.setdefault(f"{bare}.{called}()", 0.05 * min(count, 5))
    weights |= _wrapped_in_list(target, node, argument)
    if "string" in kinds or not kinds:
        for character in _characters(target):
            for method in ("strip", "lstrip", "rstrip", "split"):
                weights[f"{bare}.{method}({character})"] = 0.2
    for source, weight in weights.items():
        yield replacing(target, node, source, 0.15 * weight)


def _wrapped_in_list(target: Target, node: ast.expr, argument: str) -> dict[str, float]:
    """A list of the one value, where the function has to do with lists."""
    parent = target.parent(node)
    if isinstance(parent, ast.Return | ast.Call | ast.BinOp | ast.AugAssign) and not isinstance(
        node, ast.GeneratorExp
    ):
        return {f"[{argument}]": 0.5}
    return {}


def _characters(target: Target) -> list[str]:
    """The short strings that the function has, as written."""
    return list(
        {
            node_text(node, target.lines): None
            for node in target.nodes
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and 1 <= len(node.value) <= 2
            and not isinstance(target.parent(node), ast.JoinedStr)
        }
    )


def _place(target: Target, node: ast.expr) -> dict[str, float] | None:
    """How the place favours calls; None where a call makes no sense."""
    parent = target.parent(node)
    match parent:
        case ast.Call(func=func) if func is node:
            return None
        case ast.Attribute() | ast.Expr() | ast.AugAssign() | ast.keyword() | ast.withitem():
            return None if isinstance(parent, ast.Attribute | ast.Expr | ast.withitem) else {}
        case ast.Subscript(value=value) if value is node:
            return None
        case ast.For(iter=iterated, target=bound) | ast.comprehension(iter=iterated, target=bound):
            if iterated is not node:
                return None
            pairs = isinstance(bound, ast.Tuple)
            return {
                ".items()": 5 if pairs else 0.2, "enumerate": 4 if pairs else 0.1, "range": 3,
                "sorted": 2, "reversed": 2, "list": 2, ".copy()": 0.5, "len": 0, "sum": 0,
                "[1:]": 1.5, "[:-1]": 1.5, ".values()": 2, ".keys()": 1, "max": 0.1, "min": 0.1,
            }  # fmt: skip
        case ast.Compare() | ast.BinOp():
            return {
                "len": 2, "abs": 1.5, "str": 1, ".lower()": 1.5, ".strip()": 1, "sum": 1, "int": 1,
                "set": 1, "sorted": 1, "max": 0.7, "min": 0.7, "list": 0.7, "enumerate": 0.0,
                "reversed": 0.1,
            }  # fmt: skip
        case ast.Return():
            return {
                "list": 1.5, "sorted": 1.5, "len": 1, "sum": 1, "abs": 1, "int": 1, "str": 1,
                "tuple": 1, "set": 0.7, ".strip()": 1, ".copy()": 1, "bool": 1,
            }  # fmt: skip
        case ast.Assign() | ast.Call():
            return {
                ".copy()": 1.5, "list": 1.2, "[:]": 1.2, "int": 1, "str": 1, "len": 0.8, "abs": 0.5,
                ".strip()": 1, ".lower()": 1, "sorted": 1, "set": 0.7, "dict": 1,
            }  # fmt: skip
        case _:
            return {}


def _generator(node: ast.expr) -> bool:
    return isinstance(node, ast.GeneratorExp)
