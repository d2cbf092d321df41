"""What failing tests say: their values, those of their own row, and the exceptions they want."""

from __future__ import annotations

import pytest

from repairlsp.errors import PatchError
from repairlsp.overfitting import Failure
from repairlsp.overfitting.literals import literals
from repairlsp.source import SourceText
from repairlsp.types import CoveredLine, TestCase, TestRun

TESTS = """\
import json
import unittest
import pytest

EXPECTED = [10, 20]
OTHER = 99


@pytest.mark.parametrize(("a", "b"), [(3, "x"), (4, None), (5.5, make())])
def test_row(a, b):
    assert f(a) == EXPECTED


class TestShop(unittest.TestCase):
    def test_raise(self):
        with pytest.raises((ValueError, json.JSONDecodeError)):
            f(-7)
        self.assertRaises(KeyError, f, "no")

    def test_other(self):
        assert f(8)
"""


def about(*ids: str, message: str = "") -> Failure:
    cases = tuple(TestCase(id, "failed", message) for id in ids)
    run = TestRun("failed", 1, (*cases, TestCase("test_a.py::test_fine", "passed")), 0.1)

    def read(path: str) -> SourceText:
        if path != "test_a.py":
            raise PatchError("no such file")
        return SourceText.from_text(TESTS)

    coverage = {id: frozenset({CoveredLine("m.py", 3)}) for id in ids}
    return Failure.of(run, coverage, read)


def test_only_the_failing_row_counts() -> None:
    found = about("test_a.py::test_row[4-None]").literals
    assert {"4", "None", "[10, 20]", "10"} <= found
    assert not found & {"3", "'x'", "5.5", "99", "8"}


def test_where_no_row_is_known_all_count() -> None:
    assert {"3", "4", "5.5", "'x'"} <= about("test_a.py::test_row[5.5-b2]").literals


def test_exceptions_that_the_test_wants() -> None:
    found = about("test_a.py::TestShop::test_raise", message="builtins.TypeError: no")
    assert found.asked == {"ValueError", "JSONDecodeError", "KeyError"}
    assert found.raised == {"TypeError"}
    assert {"-7", "'no'"} <= found.literals
    assert "8" not in found.literals


@pytest.mark.parametrize(
    "id", ["test_a.py::test_gone", "test_b.py::test_row", "test_a.py", "a.py::a.f"]
)
def test_what_cannot_be_found_says_nothing(id: str) -> None:
    assert about(id).literals == frozenset()


def test_executions_count_failing_and_passing_tests() -> None:
    found = about("test_a.py::test_row[3-x]")
    assert found.executions("m.py", 3) == (1, 0)
    assert found.executions("m.py", 4) == (0, 0)


def test_equal_values_are_one_literal() -> None:
    import ast

    def of(text: str) -> list[str]:
        return list(literals(ast.parse(text, mode="eval").body))

    assert of("7.0")[0] == of("7")[0]
    assert of("(1, -2)")[0] == of("[1, -2]")[0]
    assert of("set()")[0] == of("[]")[0]
    assert of("True")[0] != of("1")[0]
    assert of("1e300")[0] == "1e+300"
    assert of("{1: [2]}")[0] == "{1: [2]}"
    assert of("x + 1") == ["1"]
