"""Which failing tests are taken to have one cause."""

from repairlsp.ci.grouping import groups
from repairlsp.source import SourceText
from repairlsp.types import CoveredLine, Frame, TestCase

SOURCE = SourceText.from_text(
    "def one():\n    return 1\n\n\ndef two():\n    return 2\n\n\ndef shared():\n    return 3\n"
)
ONE, TWO, SHARED = (CoveredLine("shop.py", line) for line in (2, 6, 10))


def failing(name: str, message: str = "AssertionError: no", *frames: Frame) -> TestCase:
    return TestCase(f"test_shop.py::{name}", "failed", message, frames)


def passing(name: str) -> TestCase:
    return TestCase(f"test_shop.py::{name}", "passed")


def names(found: list[tuple[str, ...]]) -> list[list[str]]:
    return [[test.partition("::")[2] for test in group] for group in found]


def test_cases_of_one_function_belong_together() -> None:
    cases = [failing("test_a[1]"), failing("test_b"), failing("test_a[2]")]
    assert names(groups(cases, [], {}, lambda path: SOURCE)) == [
        ["test_a[1]", "test_a[2]"],
        ["test_b"],
    ]


def test_the_same_exception_at_the_same_place_is_one_cause() -> None:
    here, there = Frame("shop.py", 2, "one"), Frame("shop.py", 6, "two")
    test = Frame("test_shop.py", 9, "test")
    cases = [
        failing("test_a", "KeyError: 'a'", test, here),
        failing("test_b", "KeyError: 'b'", test, here),
        failing("test_c", "ValueError: c", test, here),
        failing("test_d", "KeyError: 'd'", test, there),
    ]
    found = names(groups(cases, [], {}, lambda path: SOURCE))
    assert found == [["test_a", "test_b"], ["test_c"], ["test_d"]]


def test_tests_that_executed_the_same_suspicious_function_belong_together() -> None:
    coverage = {
        "test_shop.py::test_a": frozenset({ONE, SHARED}),
        "test_shop.py::test_b": frozenset({TWO, SHARED}),
        "test_shop.py::test_c": frozenset({TWO}),
        "test_shop.py::test_fine": frozenset({SHARED}),
    }
    cases = [failing("test_a"), failing("test_b"), failing("test_c")]
    found = names(groups(cases, [passing("test_fine")], coverage, lambda path: SOURCE))
    assert found == [["test_b", "test_c"], ["test_a"]]


def test_what_cannot_be_parsed_groups_nothing() -> None:
    coverage = {f"test_shop.py::test_{name}": frozenset({ONE}) for name in "ab"}
    broken = SourceText.from_text("def one(:\n")
    cases = [failing("test_a"), failing("test_b")]
    assert len(groups(cases, [], coverage, lambda path: broken)) == 2
