"""Output of the tools, as they print it."""

from __future__ import annotations

from collections import Counter

import pytest

from repairlsp.checkers.tool import tool_of

OUTPUTS = [
    (
        "Ruff",
        "a.py:3:12: F821 Undefined name `value`\nFound 1 error.\n",
        "F821",
        "Undefined name `value`",
    ),
    ("ruff", "a.py:1:8: F401 [*] `os` imported but unused\n", "F401", "`os` imported but unused"),
    ("Ruff", "a.py:1:5: invalid-syntax: Expected `:`\n", "invalid-syntax", "Expected `:`"),
    ("pyflakes", "a.py:3:12: undefined name 'value'\n", "", "undefined name 'value'"),
    ("flake8", "./a.py:3:12: F821 undefined name 'value'\n", "F821", "undefined name 'value'"),
    (
        "mypy",
        'a.py:3: error: Name "value" is not defined  [name-defined]\na.py:3: note: See\n',
        "name-defined",
        'Name "value" is not defined',
    ),
    (
        "Pylance",
        '/copy/a.py\n  /copy/a.py:3:12 - error: "value" is not defined (reportUndefinedVariable)\n'
        "1 error, 0 warnings, 0 informations\n",
        "reportUndefinedVariable",
        '"value" is not defined',
    ),
]


@pytest.mark.parametrize(("source", "output", "code", "message"), OUTPUTS)
def test_what_each_tool_says(source: str, output: str, code: str, message: str) -> None:
    tool = tool_of(source)
    assert tool
    assert tool.read(1, output) == Counter({(code, message): 1})


def test_a_tool_that_does_not_work_says_nothing() -> None:
    tool = tool_of("ruff")
    assert tool
    assert tool.read(2, "ruff failed") is None
    assert tool.read(0, "All checks passed!\n") == Counter()


def test_other_sources_are_no_tools_of_ours() -> None:
    assert tool_of("spell") is None
