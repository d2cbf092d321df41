"""A constant where a value was computed: the expected one, or one for every input."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from repairlsp.overfitting.comparison import Comparison, Function
from repairlsp.overfitting.literals import literal, tells
from repairlsp.overfitting.registry import Example, check

_COMPUTING = (
    ast.Call,
    ast.BinOp,
    ast.Compare,
    ast.Subscript,
    ast.ListComp,
    ast.SetComp,
    ast.DictComp,
    ast.GeneratorExp,
    ast.BoolOp,
    ast.IfExp,
    ast.JoinedStr,
)
_NESTED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)


@check(
    "expected-constant",
    "silencing",
    "writes down the value that the test expects instead of computing it",
    marked=[
        Example(
            "def volume(a, b, c):\n    return a * b + c",
            "def volume(a, b, c):\n    return 24",
            "assert volume(2, 3, 4) == 24",
        ),
        Example(
            "def evens(numbers):\n    found = [n for n in numbers if n % 2]\n    return found",
            "def evens(numbers):\n    found = [2, 4]\n    return found",
            "assert evens([1, 2, 3, 4]) == [2, 4]",
        ),
        Example(
            "def total(prices):\n    result = sum(prices)\n    return result",
            "def total(prices):\n    result = sum(prices)\n    result = 42\n    return result",
            "assert total([40, 2]) == 42",
        ),
    ],
    unmarked=[
        Example(
            "def minutes(hours):\n    return hours * 100",
            "def minutes(hours):\n    return hours * 60",
            "assert minutes(1) == 60",
        ),
        Example(
            "def tail(name):\n    return name[name.find('.') + 2 :]",
            "def tail(name):\n    return name[name.find('.') + 1 :]",
            "assert tail('a.gz') == 'gz'",
        ),
    ],
)
def expected_constant(comparison: Comparison) -> bool:
    def expected(node: ast.AST | None) -> bool:
        value = literal(node)
        return value is not None and tells(value) and value in comparison.failure.literals

    if any(expected(new) and _computes(old) for old, new in comparison.pairs):
        return True
    return any(
        isinstance(node, ast.Return | ast.Assign | ast.AnnAssign) and expected(node.value)
        for change in comparison.changes
        for node in change.new
    )


@check(
    "constant-result",
    "silencing",
    "makes the function give the same constant every time",
    marked=[
        Example(
            "def valid(code):\n    return len(code) == 4",
            "def valid(code):\n    return True",
            "assert valid('12345')",
        ),
        Example(
            "def late(orders, today):\n    return [each for each in orders if each < today]",
            "def late(orders, today):\n    return []",
            "assert late([5], 6) == []",
        ),
        Example(
            "def key(factor):\n    return lambda value: value * factor",
            "def key(factor):\n    return lambda value: 0",
            "assert key(2)(0) == 0",
        ),
    ],
    unmarked=[
        Example(
            "def has_even(numbers):\n    for number in numbers:\n        if number % 2 == 0:\n"
            "            return number\n    return False",
            "def has_even(numbers):\n    for number in numbers:\n        if number % 2 == 0:\n"
            "            return True\n    return False",
            "assert has_even([2]) is True",
        ),
        Example("def empty():\n    return None", "def empty():\n    return []"),
    ],
)
def constant_result(comparison: Comparison) -> bool:
    for old, new in comparison.pairs:
        if isinstance(comparison.parent(new), ast.Lambda) and literal(new) and _computes(old):
            return True
    for before, after in comparison.functions:
        given = [literal(value) for value in _returned(after)]
        if given and None not in given and len(set(given)) == 1:
            earlier = [literal(value) for value in _returned(before)]
            if None in earlier and not _yields(after):
                return True
    return False


@check(
    "constant-branch",
    "suspicious",
    "gives a constant where a value was computed",
    marked=[
        Example(
            "def clamp(x, top):\n    if x > top:\n        return top - 1\n    return x",
            "def clamp(x, top):\n    if x > top:\n        return 0\n    return x",
        ),
    ],
    unmarked=[
        Example(
            "def clamp(x, top):\n    if x > top:\n        return x\n    return x",
            "def clamp(x, top):\n    if x > top:\n        return top\n    return x",
        ),
    ],
)
def constant_branch(comparison: Comparison) -> bool:
    return any(
        isinstance(comparison.parent(new), ast.Return) and literal(new) and _computes(old)
        for old, new in comparison.pairs
    )


def _computes(node: ast.AST) -> bool:
    return literal(node) is None and any(isinstance(part, _COMPUTING) for part in ast.walk(node))


def _returned(function: Function) -> list[ast.expr]:
    """What the function itself gives back, functions in it aside. `return` alone gives None."""
    return [
        node.value or ast.Constant(None) for node in _own(function) if isinstance(node, ast.Return)
    ]


def _yields(function: Function) -> bool:
    return any(isinstance(node, ast.Yield | ast.YieldFrom) for node in _own(function))


def _own(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, _NESTED):
            yield child
            yield from _own(child)
