"""The function at the cursor, against Python's own parser."""

from __future__ import annotations

import argparse
import ast
import asyncio.base_events
import dataclasses
import textwrap
from pathlib import Path
from types import ModuleType

import pytest

from repairlsp.server.functions import enclosing_function


def innermost_by_line(tree: ast.Module) -> dict[int, str]:
    """The innermost function around each line (from 1) that is in one, by the syntax tree."""
    names = {}
    for node in ast.walk(tree):  # breadth first, so what is written last is the innermost
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = min([node.lineno, *(each.lineno for each in node.decorator_list)])
            names.update(dict.fromkeys(range(first, (node.end_lineno or first) + 1), node.name))
    return names


@pytest.mark.parametrize("module", [argparse, dataclasses, asyncio.base_events, textwrap])
def test_agrees_with_the_parser_on_real_code(module: ModuleType) -> None:
    text = Path(str(module.__file__)).read_text("utf-8")
    lines, tree = text.splitlines(keepends=True), ast.parse(text)
    statements = {node.lineno for node in ast.walk(tree) if isinstance(node, ast.stmt)}
    expected = innermost_by_line(tree)
    wrong = []
    for number in sorted(statements):
        found = enclosing_function(lines, number - 1)
        if (found.name if found else None) != expected.get(number):
            wrong.append(number)
    assert wrong == []


SOURCE = '''\
import os

@decorated(
    1)
@again
def outer(a,
          b):
    """Text
at the margin: if
    """
    if a:
        # comment
        def inner():
            return 1

        return inner

    return b

class Thing:
    size = 1

    async def method(self):
        pass
while True:
    stop()
'''.splitlines(keepends=True)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (0, None),
        (4, "outer"),
        (5, "outer"),
        (10, "outer"),
        (11, "outer"),
        (12, "inner"),
        (13, "inner"),
        (15, "outer"),
        (17, "outer"),
        (20, None),
        (22, "method"),
        (23, "method"),
        (25, None),
        (99, None),
    ],
)
def test_by_line(line: int, name: str | None) -> None:
    found = enclosing_function(SOURCE, line)
    assert (found.name if found else None) == name


def test_its_lines() -> None:
    found = enclosing_function(SOURCE, 13)
    assert found == ("inner", 12, 14)
    assert enclosing_function(SOURCE, 15) == ("outer", 5, 18)


def test_text_that_does_not_parse() -> None:
    assert enclosing_function(["def f(:\n", "    return (\n"], 1) == ("f", 0, 2)
