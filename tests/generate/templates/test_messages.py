"""What the failing test's exception tells the ranking."""

from __future__ import annotations

import pytest

from repairlsp.generate.templates import propose, templates
from repairlsp.generate.templates.messages import NOT_RAISED, read
from repairlsp.generate.templates.ranking import priors
from repairlsp.source import SourceText
from repairlsp.types import Candidate, LineSpan, RepairContext


@pytest.mark.parametrize(
    ("message", "type_", "names", "wanted"),
    [
        ("NameError: name 'totl' is not defined. Did you mean: 'total'?", "NameError",
         {"totl"}, {"total"}),
        ("AttributeError: module 'os.path' has no attribute 'joyn'", "AttributeError",
         {"os", "path", "joyn"}, set()),
        ("TypeError: f() missing 1 required positional argument: 'port'", "TypeError",
         set(), {"port"}),
        ("KeyError: 'size'", "KeyError", {"size"}, set()),
        ("AssertionError: assert 'abc' == 'abd'", "AssertionError", set(), set()),
        ("Undefined name `x`", "", {"x"}, set()),
        ("", "", set(), set()),
    ],
)  # fmt: skip
def test_a_message_is_read(message: str, type_: str, names: set[str], wanted: set[str]) -> None:
    assert read(message) == (type_, names, wanted, frozenset())


@pytest.mark.parametrize(
    "message",
    [
        "Failed: DID NOT RAISE <class 'ValueError'>",
        "Failed: DID NOT RAISE <class 'shop.errors.ValueError'>",
        "AssertionError: ValueError not raised",
        "AssertionError: ValueError not raised by pay",
    ],
)
def test_an_exception_that_a_test_misses_is_told_apart(message: str) -> None:
    assert read(message) == (NOT_RAISED, frozenset(), frozenset(), {"ValueError"})


def test_a_missing_exception_is_raised_for_an_input_that_is_wrong() -> None:
    text = "def root(number):\n    return abs(number) ** 0.5\n"
    told = _candidates(text, "Failed: DID NOT RAISE <class 'ArithmeticError'>")
    refused = {one.edits[0].lines[0] for one in told[:12] if one.source == "template:raise-missing"}
    assert "    if number < 0:" in refused


def _candidates(text: str, message: str) -> list[Candidate]:
    source = SourceText.from_text(text)
    span = LineSpan(1, len(source.lines) + 1)
    return list(propose(source, RepairContext("m.py", "f", span, source.lines, {}, message)))


def _rank(candidates: list[Candidate], line: str) -> int:
    return next(at for at, one in enumerate(candidates) if line in one.edits[0].lines)


def test_a_name_that_the_message_complains_of_goes_first() -> None:
    text = "def f(row, key, size):\n    a = row.get(key)\n    b = row.put(key)\n    return a, b\n"
    fixed = "    b = row.get(key)"
    silent, told = _candidates(text, ""), _candidates(text, "AttributeError: no attribute 'put'")
    assert _rank(told, fixed) < _rank(silent, fixed)
    assert told[0].edits[0].span.start == 3


def test_the_type_of_the_exception_favours_what_usually_repairs_it() -> None:
    text = "def mean(xs, ys):\n    n = len(xs)\n    return sum(ys) / n\n"
    silent, told = _candidates(text, ""), _candidates(text, "ZeroDivisionError: division by zero")
    first = [
        next(at for at, one in enumerate(found) if one.source == "template:early-return")
        for found in (told, silent)
    ]
    assert first[0] < first[1]


def test_the_exceptions_of_the_priors_name_templates() -> None:
    names = {template.name for template in templates()}
    for boosts in priors().exceptions.values():
        assert boosts.keys() <= names
