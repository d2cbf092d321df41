"""Differences are the smallest nodes that differ, and statements that came or went."""

from __future__ import annotations

import ast

import pytest

from repairlsp.overfitting.cut import changed
from repairlsp.overfitting.treediff import differences

BEFORE = """\
def f(a, b):
    total = 0
    for x in a:
        if x > b and x:
            total += x * 2
        print(x)
    return total
"""


def changes(before: str, after: str) -> list[tuple[str, str]]:
    pieces = changed(before.split("\n"), after.split("\n"))
    assert pieces is not None
    return [
        tuple("; ".join(map(ast.unparse, nodes)) for nodes in (change.old, change.new))  # type: ignore[misc]
        for change in differences(*pieces)
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("x * 2", "x * 3", [("2", "3")]),
        ("x * 2", "x + 2", [("x * 2", "x + 2")]),
        ("x > b and x", "x > b", [("x > b and x", "x > b")]),
        ("x > b and x", "x > b and b", [("x", "b")]),
        ("total += x * 2", "total -= x * 2", [("total += x * 2", "total -= x * 2")]),
        ("        print(x)\n", "", [("print(x)", "")]),
        ("        print(x)\n", "        print(x)\n        break\n", [("", "break")]),
        ("print(x)", "print(x, b)", [("print(x)", "print(x, b)")]),
        ("    return total", "    return -total", [("total", "-total")]),
        ("    return total", "        return total", [("", "return total"), ("return total", "")]),
        ("total = 0", "total = 0  # nothing yet", []),
        ("x * 2", "(x\n  * 2)", []),
    ],
)
def test_a_difference_is_as_small_as_can_be(
    old: str, new: str, expected: list[tuple[str, str]]
) -> None:
    assert changes(BEFORE, BEFORE.replace(old, new)) == expected


def test_a_statement_that_gets_a_condition_is_replaced_whole() -> None:
    after = BEFORE.replace("        print(x)", "        if b:\n            print(x)")
    assert changes(BEFORE, after) == [("print(x)", "if b:\n    print(x)")]


def test_moving_out_of_a_block_is_no_equal_text() -> None:
    before = "def f(a):\n    for x in a:\n        if x:\n            y = x\n            return y\n"
    after = before.replace("            return", "        return")
    assert changes(before, after) == [("return y", ""), ("", "return y")]
