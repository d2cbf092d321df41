"""Every check marks its own examples, and does not mark the honest patches beside them."""

from __future__ import annotations

import pkgutil
from textwrap import indent

import pytest

from repairlsp.overfitting import Failure, checks
from repairlsp.overfitting.registry import Check, Example
from repairlsp.overfitting.registry import checks as registered
from tests.overfitting.collection import cautions_of_texts, failure

MARKED = [
    pytest.param(check, example, id=f"{check.caution.name}-{number}")
    for check in registered()
    for number, example in enumerate(check.marked, 1)
]
UNMARKED = [
    pytest.param(check, example, id=f"{check.caution.name}-{number}")
    for check in registered()
    for number, example in enumerate(check.unmarked, 1)
]


def about(example: Example) -> Failure:
    """The failure that an example gives: a test's body, or the name of an exception alone."""
    if example.test.isidentifier():
        return Failure(raised=frozenset({example.test}))
    return failure(f"def test_it():\n{indent(example.test or 'pass', '    ')}", "AssertionError: ")


def names(example: Example) -> set[str]:
    found = cautions_of_texts(example.before, example.after, about(example))
    return {caution.name for caution in found}


@pytest.mark.parametrize(("check", "example"), MARKED)
def test_what_overfits_is_marked(check: Check, example: Example) -> None:
    assert check.caution.name in names(example)


@pytest.mark.parametrize(("check", "example"), UNMARKED)
def test_what_is_honest_is_not_marked(check: Check, example: Example) -> None:
    assert check.caution.name not in names(example)


def test_the_graver_checks_come_first() -> None:
    grades = [check.caution.grade for check in registered()]
    assert grades == sorted(grades)  # "silencing" is before "suspicious"


@pytest.mark.parametrize("check", registered(), ids=lambda check: check.caution.name)
def test_a_check_has_examples_both_ways_and_a_phrase(check: Check) -> None:
    assert check.unmarked
    assert check.marked or check.caution.name == "turned-condition"  # needs a run's coverage
    assert check.caution.reason[0].islower()
    assert not check.caution.reason.endswith(".")
    assert len(check.caution.reason) <= 70


def test_every_file_of_checks_registers_some() -> None:
    files = {module.name for module in pkgutil.iter_modules(checks.__path__)}
    assert {check.applies.__module__.rpartition(".")[2] for check in registered()} == files
