"""Only the changed function is parsed, wherever it stands; where that cannot be, the whole file."""

from __future__ import annotations

import ast

import pytest

from repairlsp.overfitting.cut import Pieces, changed

FILE = '''\
"""A module."""
import os

LIMIT = 3


class Shop:
    """A class."""

    @property
    def total(
        self,
        tax=LIMIT,
    ):
        def inner(price):
            return price + tax

        text = """
not indented
"""
# a comment on the left
        return inner(len(text))

    def name(self):
        return "shop"


def area(width, height):
    if width:
        return width * width
    return 0
'''


def cut(old: str, new: str) -> Pieces:
    assert FILE.count(old) == 1
    found = changed(FILE.split("\n"), FILE.replace(old, new).split("\n"))
    assert found is not None
    return found


def function(pieces: Pieces) -> str:
    """The name of the only function in both; "" for a whole file."""
    names = {
        node.name if isinstance(node, ast.FunctionDef) and len(piece.tree.body) == 1 else ""
        for piece in pieces
        for node in piece.tree.body
    }
    return names.pop() if len(names) == 1 else ""


@pytest.mark.parametrize(
    ("old", "new", "name", "above"),
    [
        ("width * width", "width * height", "area", 27),
        ("    return 0\n", "    return 1\n    # the end\n", "area", 27),
        ("    if width:\n        return", "    return", "area", 27),
        ('return "shop"', 'return "store"', "name", 23),
        ("def name(self)", "def name(self, x)", "name", 23),
    ],
)
def test_the_function_around_the_change_is_cut_out(
    old: str, new: str, name: str, above: int
) -> None:
    pieces = cut(old, new)
    assert function(pieces) == name
    assert pieces.old.above == above
    assert pieces.old.lines[0] == FILE.split("\n")[above].strip()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("import os", "import sys"),
        ("LIMIT = 3", "LIMIT = 4"),
        ("LIMIT = 3\n", ""),
    ],
)
def test_outside_functions_the_top_level_statement_is_cut_out(old: str, new: str) -> None:
    pieces = cut(old, new)
    assert function(pieces) == ""
    assert 1 <= len(pieces.old.tree.body) <= 2
    assert old.strip() in "\n".join(pieces.old.lines)


def test_text_on_the_left_ends_no_function() -> None:
    pieces = cut("return price + tax", "return price * tax")
    assert pieces.old.above == 0
    assert len(pieces.old.tree.body) == 5


def test_two_functions_are_the_statements_that_they_are_in() -> None:
    edited = FILE.replace("width * width", "width").replace('"shop"', '"store"')
    pieces = changed(FILE.split("\n"), edited.split("\n"))
    assert pieces is not None
    assert [type(node).__name__ for node in pieces.new.tree.body][-2:] == [
        "ClassDef",
        "FunctionDef",
    ]


def test_what_does_not_parse_gives_nothing() -> None:
    lines = ["def f(x):", "    return (x"]
    assert changed(lines, ["def f(x):", "    return (x)"]) is None


def test_no_change_gives_no_function() -> None:
    pieces = changed(["x = 1"], ["x = 1"])
    assert pieces is not None
    assert function(pieces) == ""
