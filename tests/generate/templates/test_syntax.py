"""Repairs of texts that do not parse."""

from __future__ import annotations

import pytest

from repairlsp.generate.templates import propose
from repairlsp.generate.templates.registry import Example
from repairlsp.generate.templates.syntax import EXAMPLES
from repairlsp.source import SourceText
from repairlsp.types import LineSpan, RepairContext


def _repaired(text: str) -> list[str]:
    source = SourceText.from_text(text)
    context = RepairContext("m.py", "f", LineSpan(1, len(source.lines) + 1), source.lines)
    return [source.apply(candidate.edits).text for candidate in propose(source, context)]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.before.splitlines()[-1])
def test_a_broken_text_is_repaired(example: Example) -> None:
    repaired = _repaired(example.before)
    if example.before == example.after:
        assert repaired == []
    else:
        assert example.after in repaired


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.before.splitlines()[-1])
@pytest.mark.filterwarnings("ignore::SyntaxWarning")
def test_each_repair_compiles_and_is_new(example: Example) -> None:
    repaired = _repaired(example.before)
    assert len(set(repaired)) == len(repaired)
    for text in repaired:
        compile(text, "<repaired>", "exec")


def test_the_missing_colon_comes_first() -> None:
    assert _repaired("def f(x)\n    return x\n")[0] == "def f(x):\n    return x\n"


def test_line_ends_survive_a_repair() -> None:
    assert _repaired("def f(x)\r\n    return x\r\n")[0] == "def f(x):\r\n    return x\r\n"


def test_an_empty_text_needs_no_repair() -> None:
    assert _repaired("") == []
