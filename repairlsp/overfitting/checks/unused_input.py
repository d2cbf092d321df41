"""What a function was given, or worked out, and does not look at any more."""

from __future__ import annotations

import ast

from repairlsp.overfitting.comparison import Comparison, Function
from repairlsp.overfitting.registry import Example, check

_OWNERS = frozenset({"self", "cls", "mcs"})


@check(
    "ignored-parameters",
    "silencing",
    "makes the function ignore all of its parameters",
    marked=[
        Example(
            "class Basket:\n    def add(self, price, count):\n        self.total = price\n",
            "class Basket:\n    def add(self, price, count):\n"
            "        self.total = self.total + 6\n",
        ),
    ],
    unmarked=[
        Example(
            "def area(width, height):\n    return width * width",
            "def area(width, height):\n    return width * height",
        ),
        Example("def zero(x):\n    return 1", "def zero(x):\n    return 0"),
    ],
)
def ignored_parameters(comparison: Comparison) -> bool:
    return any(
        _parameters(after)
        and _used(before, _parameters(before))
        and not _used(after, _parameters(after))
        for before, after in comparison.functions
        if not _is_stub(after)
    )


@check(
    "unused-parameter",
    "suspicious",
    "no longer looks at one of the function's parameters",
    marked=[
        Example(
            "def discounted(price, percent):\n    return price - price * percent",
            "def discounted(price, percent):\n    return price - price * 0.5",
        ),
    ],
    unmarked=[
        Example(
            "def weighted(values):\n    return sum(i * i for i, value in enumerate(values))",
            "def weighted(values):\n    return sum(i * value for i, value in enumerate(values))",
        ),
    ],
)
def unused_parameter(comparison: Comparison) -> bool:
    for before, after in comparison.functions:
        names = _parameters(before) & _parameters(after)
        if _used(before, names) - _used(after, names):
            return True
    return False


@check(
    "unused-variable",
    "suspicious",
    "no longer looks at a value that it works out",
    marked=[
        Example(
            "def total(price, rate):\n    tax = price * rate\n    return price + tax",
            "def total(price, rate):\n    tax = price * rate\n    return price + rate",
        ),
    ],
    unmarked=[
        Example(
            "def total(values):\n    s = 0\n    for i, value in enumerate(values):\n"
            "        s += i\n    return s",
            "def total(values):\n    s = 0\n    for i, value in enumerate(values):\n"
            "        s += value\n    return s",
        ),
    ],
)
def unused_variable(comparison: Comparison) -> bool:
    for before, after in comparison.functions:
        names = _assigned(before) & _assigned(after)
        if _used(before, names) - _used(after, names):
            return True
    return False


def _parameters(function: Function) -> frozenset[str]:
    """The names of the parameters, the object or class itself aside."""
    given = function.args
    every = [*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg]
    return frozenset(one.arg for one in every if one is not None) - _OWNERS


def _assigned(function: Function) -> frozenset[str]:
    """The names that plain assignments give a computed value."""
    return frozenset(
        node.targets[0].id
        for node in ast.walk(function)
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and not isinstance(node.value, ast.Constant)
    )


def _used(function: Function, names: frozenset[str]) -> frozenset[str]:
    return frozenset(
        node.id
        for statement in function.body
        for node in ast.walk(statement)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in names
    )


def _is_stub(function: Function) -> bool:
    return isinstance(function.body[-1], ast.Raise)
