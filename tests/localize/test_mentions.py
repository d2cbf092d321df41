"""The failing test's own text says what it tests."""

import pytest

from localize.projects import failed, is_test, lines_of, passed, reader, run_of
from repairlsp.localize import localize
from repairlsp.localize.mentions import mentions_of
from repairlsp.localize.outline import Outline
from repairlsp.source import SourceText

M = """\
class Stack:
    def __init__(self):
        self.items = normal([])

    def push(self, item):
        self.items = normal([*self.items, item])

    def __len__(self):
        return len(self.items)


def normal(items):
    return list(items)


def other(x):
    return normal(x)
"""
TEST = """\
import pytest
from pkg.m import Stack, other


@pytest.fixture
def full():
    stack = Stack()
    stack.push(1)
    return stack


def check(value, expected):
    assert other(value) == expected


def test_push():
    stack = Stack()
    before = other([1])
    stack.push(before)
    size = len(stack)
    assert size == 2


def test_fixture(full):
    assert full == 1


def test_helper():
    check([1], [1])


class TestStack:
    def test_raises(self):
        with pytest.raises(ValueError):
            other(1)
"""
FILES = {"pkg/__init__.py": "", "pkg/m.py": M, "tests/test_m.py": TEST}
OUTLINE = Outline.of(SourceText.from_text(TEST))
ALL = ("__init__", "push", "__len__", "normal", "other")


def names_at(test: str, line: int) -> frozenset[str]:
    case = failed(f"tests/test_m.py::{test}", ("tests/test_m.py", line, test))
    return mentions_of(case, "tests/test_m.py", OUTLINE).at_failure


def test_what_computed_the_failing_values_counts() -> None:
    names = names_at("test_push", 21)
    assert {"__len__", "Stack"} <= names
    assert "other" not in names


@pytest.mark.parametrize(
    ("test", "line", "names"),
    [
        ("test_push", 19, {"push", "Stack", "other"}),
        ("test_fixture", 25, {"Stack", "push", "__eq__"}),
        ("test_helper", 29, {"other"}),
        ("TestStack::test_raises", 34, {"other"}),
        ("test_push[0-a::b]", 19, {"push"}),
    ],
)
def test_helpers_fixtures_and_blocks(test: str, line: int, names: set[str]) -> None:
    assert names <= names_at(test, line)


def test_what_comes_after_the_failure_does_not_count() -> None:
    assert "push" not in names_at("test_push", 18)


def test_a_function_that_the_test_names_beats_the_helper_below_it() -> None:
    # Both ran under the failing test alone: the spectrum cannot tell them apart.
    case = failed("tests/test_m.py::test_helper", ("tests/test_m.py", 29, "test_helper"))
    covered = lines_of(FILES, "pkg/m.py", "other", "normal")
    found = localize(run_of(case), {case.id: covered}, reader(FILES), is_test=is_test)
    assert [each.line for each in found] == [17, 13]
    assert "named by tests/test_m.py::test_helper" in found[0].evidence


def test_a_helper_of_many_passing_tests_comes_last() -> None:
    case = failed("tests/test_m.py::test_push", ("tests/test_m.py", 21, "test_push"))
    passing = {f"tests/test_m.py::p{n}": lines_of(FILES, "pkg/m.py", "normal") for n in range(20)}
    coverage = {case.id: lines_of(FILES, "pkg/m.py", *ALL[:4]), **passing}
    run = run_of(case, *map(passed, passing))
    found = localize(run, coverage, reader(FILES), is_test=is_test)
    assert found[-1].line == 13


@pytest.mark.parametrize("root", ["", "src/"])
def test_without_coverage_the_imports_of_the_test_lead_to_its_functions(root: str) -> None:
    files = {
        f"{root}pkg/__init__.py": "from .m import Stack\nfrom pkg.m import other\n",
        f"{root}pkg/m.py": M,
        "tests/test_m.py": TEST.replace("pkg.m", "pkg"),
    }
    case = failed("tests/test_m.py::test_helper", ("tests/test_m.py", 29, "test_helper"))
    found = localize(run_of(case), {}, reader(files), is_test=is_test)
    assert (found[0].path, found[0].line) == (f"{root}pkg/m.py", 17)
    assert {each.path for each in found} == {f"{root}pkg/m.py"}
    assert found[-1].suspiciousness < found[0].suspiciousness
