"""The tested input as a special case: `if x == 3: return 27`."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from repairlsp.overfitting.comparison import Comparison
from repairlsp.overfitting.literals import is_number, is_small, literal, tells
from repairlsp.overfitting.registry import Example, check

_EQUALITIES = (ast.Eq, ast.NotEq, ast.Is, ast.IsNot, ast.In, ast.NotIn)


class _Equality(NamedTuple):
    """A new question whether something is one of some written values."""

    node: ast.AST
    values: tuple[str, ...]


@check(
    "special-case",
    "silencing",
    "treats a value that the test uses as a special case",
    marked=[
        Example(
            "def cube(x):\n    return x * x",
            "def cube(x):\n    if x == 3:\n        return 27\n    return x * x",
            "assert cube(3) == 27",
        ),
        Example(
            "def cube(x):\n    return x * x",
            "def cube(x):\n    return 27 if x == 3 else x * x",
            "assert cube(3) == 27",
        ),
        Example(
            "def special(number):\n    return number % 5 == 0",
            "def special(number):\n    return number % 5 == 0 and number != 35",
            "assert not special(35)",
        ),
        Example(
            "def rate(name):\n    return len(name)",
            "def rate(name):\n    return {'Ada': 5}.get(name, len(name))",
            "assert rate('Ada') == 5",
        ),
    ],
    unmarked=[
        Example(
            "def factorial(n):\n    return n * factorial(n - 1)",
            "def factorial(n):\n    if n == 0:\n        return 1\n    return n * factorial(n - 1)",
            "assert factorial(0) == 1",
        ),
        Example(
            "def seconds(amount, unit):\n    return amount",
            "def seconds(amount, unit):\n    if unit == 'h':\n        return amount * 3600\n"
            "    return amount",
            "assert seconds(2, 'h') == 7200",
        ),
        Example(
            "def weekend(day):\n    return day == 5 or day == 7",
            "def weekend(day):\n    return day == 6 or day == 7",
            "assert weekend(6)",
        ),
        Example(
            "def leap(year):\n    return year % 4 == 0 and year % 100 != 0",
            "def leap(year):\n    return year % 4 == 0 and year % 100 != 0 or year % 400 == 0",
            "assert leap(2000)",
        ),
    ],
)
def special_case(comparison: Comparison) -> bool:
    tested = comparison.failure.literals
    for equality in _new_equalities(comparison):
        values = tested.intersection(equality.values)
        answers = _answers(comparison, equality.node)
        if answers is None:
            if any(tells(value) and is_number(value) for value in values):
                return not _has_a_branch(comparison, equality.node)
        elif any(map(tells, values)) or (
            any(map(is_small, values)) and any(map(tells, tested.intersection(answers)))
        ):
            return True
    return any(_is_table(node, tested) for node in comparison.added(ast.Dict))


@check(
    "tested-value",
    "suspicious",
    "compares with a value that the test uses",
    marked=[
        Example(
            "def vegan(dish):\n    return dish.startswith('tofu')",
            "def vegan(dish):\n    return dish.startswith('tofu') or dish == 'seitan'",
            "assert vegan('seitan')",
        ),
        Example(
            "def bonus(years):\n    return years * 10",
            "def bonus(years):\n    if years == 25:\n        return years * 20\n"
            "    return years * 10",
            "assert bonus(25) == 500",
        ),
    ],
    unmarked=[
        Example(
            "def key(name):\n    return [c for c in name if c.isalnum()]",
            "def key(name):\n    return [c for c in name if c.isalnum() or c == '_']",
            "assert key('a_b') == ['a', '_', 'b']",
        ),
    ],
)
def tested_value(comparison: Comparison) -> bool:
    tested = comparison.failure.literals
    return any(
        value in tested
        and tells(value)
        and (is_number(value) or not _has_a_branch(comparison, equality.node))
        for equality in _new_equalities(comparison)
        for value in equality.values
    )


def _new_equalities(comparison: Comparison) -> Iterator[_Equality]:
    """Those that the patch adds; a comparison that only got another value is none."""
    changed = Counter(ast.dump(node.left) for node in comparison.removed(ast.Compare))
    for node in comparison.added(ast.Compare):
        left = ast.dump(node.left)
        if changed[left] > 0:
            changed[left] -= 1
        elif isinstance(node.ops[0], _EQUALITIES):
            yield _Equality(node, tuple(_values(node)))
    for pattern in comparison.added(ast.MatchValue):
        value = literal(pattern.value)
        if value is not None:
            yield _Equality(pattern, (value,))


def _values(node: ast.Compare) -> Iterator[str]:
    for side in (node.left, *node.comparators):
        value = literal(side)
        if value is not None:
            yield value
        if isinstance(side, ast.List | ast.Tuple | ast.Set | ast.Dict):
            parts = side.keys if isinstance(side, ast.Dict) else side.elts
            yield from (value for part in parts if (value := literal(part)) is not None)


def _answers(comparison: Comparison, node: ast.AST) -> list[str] | None:
    """What is given for the special value, where that is written down; else None."""
    for outer in comparison.ancestors(node):
        match outer:
            case ast.BoolOp() | ast.UnaryOp() | ast.Compare() | ast.MatchOr():
                continue
            case ast.If(body=body) | ast.match_case(body=body):
                return _written(body)
            case ast.IfExp(body=value):
                answer = literal(value)
                return None if answer is None else [answer]
            case _:
                return None
    return None


def _written(body: list[ast.stmt]) -> list[str] | None:
    answers = []
    for statement in body:
        match statement:
            case ast.Return(value=None) | ast.Pass() | ast.Continue() | ast.Break() | ast.Raise():
                continue
            case ast.Return(value=value) | ast.Assign(value=value) | ast.AnnAssign(value=value):
                answer = literal(value)
            case ast.Expr(value=ast.Yield(value=value)):
                answer = literal(value)
            case _:
                return None
        if answer is None:
            return None
        answers.append(answer)
    return answers


def _has_a_branch(comparison: Comparison, node: ast.AST) -> bool:
    """Whether it is the whole condition of a branch, not one more value in another condition."""
    return isinstance(comparison.parent(node), ast.If | ast.IfExp | ast.match_case)


def _is_table(node: ast.Dict, tested: frozenset[str]) -> bool:
    """Whether the table holds a tested input with its expected value."""
    pairs = zip(map(literal, node.keys), map(literal, node.values), strict=True)
    return any(
        key in tested and value in tested and (tells(key) or tells(value))
        for key, value in pairs
        if key is not None and value is not None
    )
