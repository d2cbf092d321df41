"""The shape of a fix, found from its files."""

from __future__ import annotations

import pytest
from repair_eval.check.shape import hunks, shapes

BUGGY = """\
import sys

LIMIT = 3


class Box:
    def first(self):
        a = 1
        b = 2
        return a + b

    def second(self):
        return 1


def third():
    x = 1
    y = 2
    z = 3
    return x
"""


def changed(*edits: tuple[str, str]) -> dict[str, tuple[bytes, bytes]]:
    fixed = BUGGY
    for old, new in edits:
        assert fixed.count(old) == 1
        fixed = fixed.replace(old, new)
    return {"box.py": (BUGGY.encode(), fixed.encode())}


@pytest.mark.parametrize(
    ("edits", "shape"),
    [
        ([("a + b", "a - b")], "one-line"),
        ([("        b = 2\n", "")], "one-line"),
        ([("    z = 3\n", "    z = 3\n    z += 1\n")], "one-line"),
        ([("LIMIT = 3", "LIMIT = 4")], "one-line"),
        ([("    x = 1\n    y = 2\n", "    y = 3\n    x = 2\n")], "multi-line"),
        ([("    x = 1\n", "    x = 5\n"), ("    z = 3\n", "    z = 5\n")], "multi-hunk"),
        ([("LIMIT = 3", "LIMIT = 4"), ("    z = 3\n", "    z = 5\n")], "multi-hunk"),
        (
            [("        a = 1\n", "        a = 5\n"), ("    z = 3\n", "    z = 5\n")],
            "multi-function",
        ),
        ([("        a = 1\n", "        a = 5\n"), ("return 1", "return 5")], "multi-function"),
        ([("def third", "def fourth():\n    pass\n\n\ndef third")], "multi-line"),
    ],
)
def test_the_shape_of_a_python_fix(edits: list[tuple[str, str]], shape: str):
    assert shapes(changed(*edits), "python") == {shape}


def test_other_languages_do_not_tell_functions_apart():
    assert shapes(changed(("a = 1", "a = 5"), ("z = 3", "z = 5")), "c") == {
        "multi-hunk",
        "multi-function",
    }
    assert shapes(changed(("a = 1", "a = 5")), "c") == {"one-line"}


def test_several_files():
    two = {"a.py": (b"1\n", b"2\n"), "b.py": (b"1\n", b"2\n")}
    assert shapes(two, "python") == {"multi-file"}


def test_no_change():
    assert shapes({"a.py": (b"1\n", b"1\n")}, "python") == frozenset()


def test_hunks_are_half_open_lines_from_1():
    (hunk,) = hunks(b"a\nb\nc\n", b"a\nx\ny\nc\n")
    assert (hunk.buggy, hunk.fixed) == ((2, 3), (2, 4))
