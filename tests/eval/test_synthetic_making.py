"""How synthetic bugs are made: functions, mutants, overlap with the training text, trials."""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random

import pytest
from real_packages.cases import Package as Release
from synthetic.build import Field, harvest
from synthetic.functions import Function, functions
from synthetic.mutators.mutant import differs
from synthetic.mutators.operators import TrainingOperators
from synthetic.overlap import overlaps
from synthetic.packages import Package
from synthetic.pytest_run import PytestError, run
from synthetic.survey import Survey
from synthetic.trial import Trials

from repairlsp.patches import unified_diff
from repairlsp.source import SourceText
from repairlsp.types import CoveredLine

SOURCE = '''\
class Till:
    """Holds coins."""

    @property
    def total(self):
        """Their worth."""
        coins = sorted(self.coins)
        text = """
none"""
        return sum(coins) if coins else text


def change(paid, price):
    if paid < price:
        raise ValueError(price)
    return paid - price


def short(): return 1
'''

TESTS = """\
import pytest
from till import change

def test_change():
    assert change(5, 3) == 2

def test_exact():
    assert change(3, 3) == 0

class TestRefusals:
    @pytest.mark.parametrize("paid", [0, 1, 2])
    def test_too_little(self, paid):
        with pytest.raises(ValueError):
            change(paid, 3)
"""

ENVIRONMENT = Path(sys.prefix)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    (folder / "code").mkdir(parents=True)
    (folder / "tests").mkdir()
    (folder / "code" / "till.py").write_text(SOURCE)
    (folder / "tests" / "test_till.py").write_text(TESTS)
    return folder


PACKAGE = Package(
    Release(
        "till",
        "1",
        "0" * 64,
        "MIT",
        ("pytest", "-q", "-o", "pythonpath=code"),
        ("pytest", "-q", "-o", "pythonpath=code"),
        (),
        "",
    ),
    ("code",),
)


def named(project: Path, name: str) -> Function:
    return next(one for one in functions("till", project, ("code",)) if one.name == name)


def test_functions_are_outermost_ones_of_three_lines_or_more(project: Path):
    found = list(functions("till", project, ("code",)))
    assert [one.id for one in found] == ["till/till.Till.total", "till/till.change"]
    total = found[0]
    assert total.span == (5, 11) and total.body == (7, 11)
    assert total.lines[0] == "    def total(self):"


def test_a_mutant_is_put_back_with_its_indentation_and_nothing_else_changes(project: Path):
    total = named(project, "Till.total")
    mutated = tuple(line.replace("sum(coins)", "sum(self)") for line in total.dedented)
    source = SourceText.from_text(SOURCE)
    edits = total.edits(mutated)
    assert source.apply(edits).text == SOURCE.replace("sum(coins)", "sum(self)")
    assert total.touched(edits) == {CoveredLine("code/till.py", 10)}


def test_an_insertion_touches_its_neighbours(project: Path):
    change = named(project, "change")
    mutated = (*change.dedented[:3], "    paid -= 1", *change.dedented[3:])
    touched = change.touched(change.edits(mutated))
    assert touched == {CoveredLine("code/till.py", 15), CoveredLine("code/till.py", 16)}


def test_training_operators_give_other_programs_the_same_for_a_seed(project: Path):
    lines = named(project, "change").dedented
    first = list(TrainingOperators().mutants(lines, Random(3)))
    assert first == list(TrainingOperators().mutants(lines, Random(3)))
    assert len({mutant.operator for mutant in first}) == len(first) >= 4
    assert all(differs(lines, mutant.lines) for mutant in first)
    assert {mutant.family for mutant in first} & {"conditions", "expressions", "names"}


@pytest.mark.parametrize(
    "mutated",
    [
        "def f(a):\n    return  a  # the same",
        "def f(a):\n    return (a",
    ],
)
def test_a_mutant_that_is_the_same_or_no_program_is_none(mutated: str):
    assert not differs(("def f(a):", "    return a"), tuple(mutated.split("\n")))


# ------------------------------------------------------------------------------- overlap

KNOWN = """\
def area(width: int, height: int) -> int:
    '''The area.'''
    if width < 0 or height < 0:
        raise ValueError("negative")
    return width * height
"""


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        (KNOWN, 1.0, 1.0),
        (KNOWN.replace("def area", "def surface").replace(": int", ""), 1.0, 1.0),
        (KNOWN.replace("'''The area.'''", "# says nothing"), 1.0, 1.0),
        (KNOWN.replace("width * height", "width + height"), 0.6, 0.95),
        ("def f(a):\n    for b in a:\n        print(b)\n", 0.0, 0.2),
    ],
)
def test_overlap_sees_through_names_comments_and_annotations(text: str, least: float, most: float):
    training = [KNOWN.split("\n"), ["def other():", "    return 5"]]
    overlap = overlaps({"it": text.rstrip().split("\n")}, training)["it"]
    assert least <= overlap <= most


# ------------------------------------------------------------------------------- runs and trials


def test_a_run_says_what_failed_by_node_id(project: Path):
    file = project / "code" / "till.py"
    file.write_text(SOURCE.replace("paid < price", "paid <= price"))
    said = run(PACKAGE.command(("tests/test_till.py",)), project, ENVIRONMENT)
    assert said.failing == ("tests/test_till.py::test_exact",)
    assert len(said.outcomes) == 5 and not said.passed and said.exit_code == 1


def test_a_run_that_does_not_end_or_cannot_be_collected_is_an_error(project: Path):
    file = project / "tests" / "test_till.py"
    file.write_text("def test_it():\n    while True: pass\n")
    with pytest.raises(PytestError, match="did not end within 2 s"):
        run(PACKAGE.command(("tests",)), project, ENVIRONMENT, seconds=2)
    file.write_text("import nothing_of_that_name\n")
    with pytest.raises(PytestError, match="pytest ended with 2"):
        run(PACKAGE.command(("tests",)), project, ENVIRONMENT)


@pytest.fixture
def trials(project: Path, tmp_path: Path) -> Trials:
    return Trials(PACKAGE, project, ENVIRONMENT, tmp_path / "trials.jsonl")


def diff(before: str, after: str) -> str:
    old, new = SourceText.from_text(SOURCE), SourceText.from_text(SOURCE.replace(before, after))
    return unified_diff("code/till.py", old, new)


def test_a_bug_is_tried_and_the_project_is_as_it_was(trials: Trials, project: Path):
    bug = diff("paid < price", "paid <= price")
    verdict = trials.verdict("code/till.py", bug, ("tests/test_till.py",))
    assert verdict.failing == ("tests/test_till.py::test_exact",) and not verdict.refused
    assert (project / "code" / "till.py").read_text() == SOURCE
    again = Trials(PACKAGE, project, ENVIRONMENT, trials.log)
    (project / "tests" / "test_till.py").unlink()  # so it cannot be tried again
    assert again.verdict("code/till.py", bug, ("tests/test_till.py",)) == verdict


def test_a_bug_that_no_test_notices_is_refused(trials: Trials):
    bug = diff("sum(coins)", "sum(self)")
    verdict = trials.verdict("code/till.py", bug, ("tests/test_till.py",))
    assert verdict.refused == "no test fails" and not verdict.failing


def test_tests_are_chosen_by_what_covers_the_line_and_how_long_it_takes():
    line = CoveredLine("m.py", 3)
    quick = {"a.py::T::test_one": 0.1, "a.py::T::test_two[x]": 0.1, "b.py::test": 0.1}
    covering = {line: frozenset(quick)}
    assert next(Survey(quick, covering).tests_for([line])) == ("a.py",)
    slow = {**quick, "a.py::test_slow": 60.0}
    assert next(Survey(slow, covering).tests_for([line])) == ("b.py",)
    only_a = {line: frozenset(test for test in quick if test.startswith("a.py"))}
    assert next(Survey(slow, only_a).tests_for([line])) == ("a.py::T",)
    assert list(Survey(slow, {}).tests_for([line])) == []


def test_each_turn_gets_a_bug_in_another_function_until_none_is_left(project: Path, tmp_path: Path):
    found = list(functions("till", project, ("code",)))
    tests = ("test_change", "test_exact")
    ids = {f"tests/test_till.py::{name}": 0.01 for name in tests}
    body = (CoveredLine("code/till.py", line) for line in range(14, 17))
    (tmp_path / "build").mkdir()
    field = Field(
        package=PACKAGE,
        functions=found,
        overlap={one.id: 0.25 for one in found},
        survey=Survey(ids, dict.fromkeys(body, frozenset(ids))),
        project=project,
        sources=["operators", "operators"],
        environment=ENVIRONMENT,
        seed=4,
        cache=tmp_path,
    )
    got = harvest(field)
    (bug,) = got.bugs
    assert (bug.id, bug.source, bug.overlap) == ("till/till.change", "operators", 0.25)
    assert bug.tests == ("tests/test_till.py",) and bug.failing
    assert (got.functions, got.unused) == ([], ["operators"])
    assert harvest(field) == got, "what is known is not tried again, and nothing is random"
