"""Cautions about whole files: methods, several files, what the run before says, and the time."""

from __future__ import annotations

from repairlsp.overfitting import Failure, cautions, cautions_of
from repairlsp.source import SourceText
from repairlsp.types import CoveredLine, Edit, LineSpan

HEAP = """\
class Cache:
    def cleanup(self):
        order = [item for item in self.order if not item.removed]
        return order
"""


def names(before: str, after: str, about: Failure) -> list[str]:
    found = cautions("m.py", SourceText.from_text(before), SourceText.from_text(after), about)
    return [caution.name for caution in found]


def executed(failing: int, passing: int, line: int) -> Failure:
    tests = [f"t.py::test_{number}" for number in range(failing + passing)]
    coverage = {test: frozenset({CoveredLine("m.py", line)}) for test in tests}
    return Failure(
        failing=tuple(tests[:failing]), passing=tuple(tests[failing:]), coverage=coverage
    )


def test_turning_a_condition_that_passing_tests_went_through_is_suspicious() -> None:
    after = HEAP.replace("if not item", "if item")
    assert names(HEAP, after, executed(1, 9, line=3)) == ["turned-condition"]
    assert names(HEAP, after, executed(3, 2, line=3)) == []
    assert names(HEAP, after, executed(1, 9, line=4)) == []


def test_a_caution_about_one_of_two_files_is_one_about_the_patch() -> None:
    texts = {
        "a.py": SourceText.from_text("def f(x):\n    return x * 2\n"),
        "b.py": SourceText.from_text("def g(x):\n    return x + 1\n"),
    }
    edits = [
        Edit("a.py", LineSpan(2, 3), ("    return x * 3",)),
        Edit("b.py", LineSpan(2, 3), ("    return 0",)),
    ]
    found = cautions_of(edits, texts.__getitem__, Failure())
    assert found[0].name == "constant-result"
    assert found[0].grade == "silencing"
    assert cautions_of(edits[:1], texts.__getitem__, Failure()) == ()


def test_the_gravest_caution_comes_first() -> None:
    before = "def f(x, y):\n    total = x + y\n    return total * y\n"
    after = before.replace("return total * y", "return 0")
    found = cautions("m.py", SourceText.from_text(before), SourceText.from_text(after), Failure())
    assert [caution.grade for caution in found][:2] == ["silencing", "suspicious"]


def test_a_syntax_error_that_is_repaired_gets_no_caution() -> None:
    assert names("def f(x:\n    return x\n", "def f(x):\n    return x\n", Failure()) == []


def test_a_method_in_a_long_file_is_compared_by_itself() -> None:
    long = HEAP + "\n\n" + "\n".join(f"def f{n}(x):\n    return x + {n}\n" for n in range(500))
    after = long.replace("return order", "return None")
    assert "constant-result" in names(long, after, Failure())
