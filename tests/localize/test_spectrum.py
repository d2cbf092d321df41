"""The spectrum of per-test coverage."""

import pytest

from localize.projects import by_line, failed, is_test, passed, reader, run_of
from repairlsp.localize import localize
from repairlsp.localize.formulas import FORMULAS, ochiai
from repairlsp.localize.spectrum import spectra
from repairlsp.types import CoveredLine, SpectrumFormula


def lines(*numbers: int, path: str = "m.py") -> frozenset[CoveredLine]:
    return frozenset(CoveredLine(path, number) for number in numbers)


def test_counts() -> None:
    run = run_of(failed("t::a"), failed("t::b"), passed("t::c"), passed("t::d"), failed("t::gone"))
    coverage = {
        "t::a": lines(1, 2, 3),
        "t::b": lines(1, 2),
        "t::c": lines(1, 9),
        "t::d": lines(1),
        "t::unknown": lines(3),
    }
    found = spectra(run, coverage, ochiai)
    assert {line: spectrum[:2] for (_, line), spectrum in found.items()} == {
        1: (2, 2),
        2: (2, 0),
        3: (1, 0),
    }
    # The test that failed without executing anything does not thin out the others.
    assert found[CoveredLine("m.py", 2)].score == 1.0


SOURCE = """\
import os

LIMIT = 3


class Box:
    size = 1

    @property
    def area(self):
        return self.size


def branch(x):
    if x > LIMIT:
        return "big"
    return "small"


key = lambda box: box.size
"""


def test_lines_that_run_on_import_do_not_count() -> None:
    # A test that imports the module first "executes" all of it.
    everything = lines(*range(1, 21))
    run = run_of(failed("tests/t.py::a"), passed("tests/t.py::b"))
    coverage = {"tests/t.py::a": everything, "tests/t.py::b": lines(15, 17)}
    found = localize(run, coverage, reader({"m.py": SOURCE}), is_test=is_test)
    scores = by_line(found, "m.py")
    called = {11, 15, 16, 17, 20}
    spectrum = {each.line for each in found if "executed by" in each.evidence}
    assert spectrum == called
    assert scores[16] > scores[15] == scores[17]
    # constants that suspicious lines read are accused by them, less, and nothing else is
    assert set(scores) - called == {3, 7}
    assert max(scores[3], scores[7]) < min(scores[line] for line in called)


@pytest.mark.parametrize("formula", sorted(FORMULAS))
def test_the_branch_that_only_the_failing_test_took_comes_first(formula: SpectrumFormula) -> None:
    run = run_of(failed("tests/t.py::a"), *(passed(f"tests/t.py::p{n}") for n in range(9)))
    coverage = {"tests/t.py::a": lines(15, 16)}
    coverage |= {f"tests/t.py::p{n}": lines(15, 17) for n in range(9)}
    found = localize(run, coverage, reader({"m.py": SOURCE}), is_test=is_test, spectrum=formula)
    assert found[0].line == 16
    assert "executed by 1 failing and 0 passing tests" in found[0].evidence


def test_the_spectrum_can_be_left_out() -> None:
    run = run_of(failed("tests/t.py::a"), passed("tests/t.py::b"))
    coverage = {"tests/t.py::a": lines(15, 16), "tests/t.py::b": lines(15, 17)}
    files = {"m.py": SOURCE, "tests/t.py": "def a():\n    branch(1)\n"}
    with_it = localize(run, coverage, reader(files), is_test=is_test)
    without = localize(run, coverage, reader(files), is_test=is_test, spectrum="none")
    assert {each.line for each in without} == {3, 15, 16}  # by the name, and a constant
    assert {each.line for each in with_it} == {3, 15, 16, 17}
    assert not any("executed by" in each.evidence for each in without)
