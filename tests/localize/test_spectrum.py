"""Ochiai over per-test coverage."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from localize.projects import by_line, failed, is_test, passed, reader, run_of
from repairlsp.localize import localize
from repairlsp.localize.spectrum import ochiai, spectra
from repairlsp.types import CoveredLine


def lines(*numbers: int, path: str = "m.py") -> frozenset[CoveredLine]:
    return frozenset(CoveredLine(path, number) for number in numbers)


# Table 1 of Abreu et al. 2007 in small: the coefficient by hand.
@pytest.mark.parametrize(
    ("failing", "passing", "total", "score"),
    [
        (0, 5, 3, 0.0),
        (1, 0, 1, 1.0),
        (3, 0, 3, 1.0),
        (1, 3, 1, 0.5),
        (1, 0, 4, 0.5),
        (2, 6, 4, 0.3535),
    ],
)
def test_the_coefficient(failing: int, passing: int, total: int, score: float) -> None:
    assert ochiai(failing, passing, total) == pytest.approx(score, abs=1e-4)


@given(st.integers(0, 50), st.integers(0, 500), st.integers(0, 50))
def test_the_coefficient_is_a_fraction(failing: int, passing: int, more: int) -> None:
    assert 0 <= ochiai(failing, passing, max(failing + more, 1)) <= 1


def test_counts() -> None:
    run = run_of(failed("t::a"), failed("t::b"), passed("t::c"), passed("t::d"), failed("t::gone"))
    coverage = {
        "t::a": lines(1, 2, 3),
        "t::b": lines(1, 2),
        "t::c": lines(1, 9),
        "t::d": lines(1),
        "t::unknown": lines(3),
    }
    found = spectra(run, coverage)
    assert {line: spectrum[:2] for (_, line), spectrum in found.items()} == {
        1: (2, 2),
        2: (2, 0),
        3: (1, 0),
    }
    # The test that failed without executing anything does not thin out the others.
    assert found[CoveredLine("m.py", 2)].ochiai == 1.0


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


def test_the_branch_that_only_the_failing_test_took_comes_first() -> None:
    run = run_of(failed("tests/t.py::a"), *(passed(f"tests/t.py::p{n}") for n in range(9)))
    coverage = {"tests/t.py::a": lines(15, 16)}
    coverage |= {f"tests/t.py::p{n}": lines(15, 17) for n in range(9)}
    found = localize(run, coverage, reader({"m.py": SOURCE}), is_test=is_test)
    assert found[0].line == 16
    assert "executed by 1 failing and 0 passing tests" in found[0].evidence
