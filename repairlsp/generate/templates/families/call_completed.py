"""A value that something should be done with first, as the module does elsewhere: `x.f(y)`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from repairlsp.generate.templates.code import replacing, text
from repairlsp.generate.templates.parsing import Function
from repairlsp.generate.templates.precedence import Precedence
from repairlsp.generate.templates.registry import Example, in_function, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.target import Target
from repairlsp.splice import node_text

_IMPORT = "from files import open_all\n\n"


@template(
    "call-completed",
    source="PySStuBs Add Method Call, Add Function Around Expression, with arguments",
    examples=[
        Example(
            _IMPORT + "def a(path, mode):\n    return open_all(path, mode)\n\n"
            "def b(path, mode):\n    return path",
            _IMPORT + "def a(path, mode):\n    return open_all(path, mode)\n\n"
            "def b(path, mode):\n    return open_all(path, mode)",
        ),
        in_function(
            "def show(out, x):",
            "out.write(x)\nif x.last:\n    out\nreturn out",
            "out.write(x)\nif x.last:\n    out.write(x)\nreturn out",
        ),
        Example(
            "def a(page, name):\n    return page.find(name, 1)\n\n"
            "def b(text, name):\n    return text",
            "def a(page, name):\n    return page.find(name, 1)\n\n"
            "def b(text, name):\n    return text.find(name, 1)",
        ),
    ],
)
def call_completed(target: Target) -> Iterator[Rewrite]:
    methods, functions = _methods(target), _functions(target)
    for node in target.select(ast.Name, ast.Attribute, ast.Subscript, ast.Call):
        if node.lineno != node.end_lineno or not _value(target, node):
            continue
        own = node_text(node, target.lines)
        weights: dict[str, float] = {}
        for call in target.ingredients.calls_on.get(own, ()):
            if target.has(node, call.names) and not _within(node, call.node):
                weight = target.nearness(node, call.home)
                weights[call.source] = weights.get(call.source, 0.0) + weight
        for function, weight in functions:
            others = function[1:]
            if target.has(node, function):
                arguments = ", ".join([text(target, node), *others])
                weights.setdefault(f"{function[0]}({arguments})", weight)
        bare = text(target, node, Precedence.ATOM)
        if own not in ("self", "cls"):
            for (method, names), weight in methods.items():
                if target.has(node, names):
                    weights.setdefault(f"{bare}.{method}", 0.05 * weight)
        for source, weight in weights.items():
            yield replacing(target, node, source, weight)


def _functions(target: Target) -> list[tuple[tuple[str, ...], float]]:
    """The module's functions, each with the parameters behind its first one."""
    found = []
    for node in target.module.body:
        if isinstance(node, Function) and (given := [*node.args.posonlyargs, *node.args.args]):
            behind = [argument.arg for argument in given[1:]]
            needed = behind[: len(behind) - len(node.args.defaults)]
            found += [
                ((node.name, *names), 0.1 if names else 0.05)
                for names in dict.fromkeys((tuple(needed), tuple(behind)))
            ]
    return found


def _value(target: Target, node: ast.expr) -> bool:
    """Whether something can be done with it where it stands."""
    if isinstance(getattr(node, "ctx", None), ast.Store | ast.Del):
        return False
    match target.parent(node):
        case ast.Attribute():
            return False
        case ast.Call(func=func) | ast.Subscript(value=func) if func is node:
            return False
        case _:
            return True


def _within(node: ast.expr, call: ast.Call | ast.expr) -> bool:
    """Whether the call is made on this very node already."""
    return call.lineno == node.lineno and (
        call.col_offset <= node.col_offset < (call.end_col_offset or 0)
    )


def _methods(target: Target) -> dict[tuple[str, frozenset[str]], float]:
    """The module's method calls without what they are made on, and how often each is made."""
    found: dict[tuple[str, frozenset[str]], float] = {}
    for calls in target.ingredients.calls_on.values():
        for call in calls:
            if isinstance(call.node, ast.Call) and isinstance(call.node.func, ast.Attribute):
                on = node_text(call.node.func.value, target.lines)
                rest = call.source[len(on) + 1 :]
                if call.source.startswith(f"{on}.") and on not in ("self", "cls"):
                    names = call.names - {on.partition(".")[0].partition("(")[0]}
                    found[rest, names] = found.get((rest, names), 0.0) + 1.0
    return dict(sorted(found.items(), key=lambda item: -item[1])[:60])
