"""A method that forgets what its base class does."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from repairlsp.generate.templates.code import replacing
from repairlsp.generate.templates.names import parameters
from repairlsp.generate.templates.parsing import Function
from repairlsp.generate.templates.registry import Example, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.statements import (
    EXITS,
    first_statement,
    inserted_after,
    inserted_before,
    owns_lines,
)
from repairlsp.generate.templates.target import Target

_SET = "class B(A):\n    def set(self, k):\n"


@template(
    "super-call",
    source="Pylint W0231 (super-init-not-called); CodeQL py/missing-call-to-init",
    examples=[
        Example(
            "class B(A):\n    def __init__(self, x, y):\n        self.y = y",
            "class B(A):\n    def __init__(self, x, y):\n        super().__init__(x)\n"
            "        self.y = y",
        ),
        Example(_SET + "        self.n = 0", _SET + "        self.n = 0\n        super().set(k)"),
        Example(
            _SET + "        found = []\n        return found",
            _SET + "        found = super().set(k)\n        return found",
        ),
        Example(_SET + "        return None", _SET + "        return super().set(k)"),
    ],
)
def super_call(target: Target) -> Iterator[Rewrite]:
    for method in target.functions:
        owner = target.parent(method)
        if not isinstance(owner, ast.ClassDef) or not owner.bases or _has_super(method):
            continue
        for call, share in _calls(method):
            yield from _put_in(target, method, call, share)


def _has_super(method: Function) -> bool:
    return any(isinstance(node, ast.Name) and node.id == "super" for node in ast.walk(method))


def _calls(method: Function) -> Iterator[tuple[str, float]]:
    """`super().method(...)` with all parameters, and a constructor's with fewer."""
    taken = [argument.arg for argument in (*method.args.posonlyargs, *method.args.args)][1:]
    rest = [f"{each.arg}={each.arg}" for each in method.args.kwonlyargs]
    rest += [f"*{method.args.vararg.arg}"] if method.args.vararg else []
    rest += [f"**{method.args.kwarg.arg}"] if method.args.kwarg else []
    wait = "await " if isinstance(method, ast.AsyncFunctionDef) else ""
    if not parameters(method.args):
        return  # a static method
    yield f"{wait}super().{method.name}({', '.join([*taken, *rest])})", 1.0
    if method.name == "__init__":
        for count in range(len(taken)):
            yield f"super().__init__({', '.join(taken[:count])})", 0.7


def _put_in(target: Target, method: Function, call: str, share: float) -> Iterator[Rewrite]:
    first, last = first_statement(method), method.body[-1]
    if owns_lines(target, first):
        yield inserted_before(target, first, [call], share, site=method)
    if owns_lines(target, last) and not isinstance(last, EXITS):
        yield inserted_after(target, last, [call], 0.5 * share, site=method)
    if method.name == "__init__":
        return
    for statement in method.body:
        match statement:
            case ast.Assign(value=value) | ast.Return(value=ast.expr() as value):
                yield replacing(target, value, call, 0.5 * share, site=method)
            case ast.AnnAssign(value=ast.expr() as value):
                yield replacing(target, value, call, 0.5 * share, site=method)
