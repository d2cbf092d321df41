"""The spectrum formulas, by hand and by their properties."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repairlsp.localize.formulas import FORMULAS, Formula, dstar, ochiai, tarantula


# Table 1 of Abreu et al. 2007 in small: the coefficients by hand.
@pytest.mark.parametrize(
    ("in_failing", "in_passing", "failing", "passing", "scores"),
    [
        (0, 5, 3, 9, (0.0, 0.0, 0.0)),
        (1, 0, 1, 9, (1.0, 1.0, 1.0)),
        (3, 0, 3, 9, (1.0, 1.0, 1.0)),
        (1, 3, 1, 3, (0.5, 1 / 4, 0.5)),  # D* = 1/3
        (1, 3, 1, 9, (0.5, 1 / 4, 0.75)),
        (1, 0, 4, 9, (0.5, 1 / 4, 1.0)),  # Tarantula asks no line to explain every failure
        (2, 6, 4, 8, (0.3535, 4 / 12, 0.4)),  # D* = 4/8
        (2, 0, 2, 0, (1.0, 1.0, 1.0)),
    ],
)
def test_by_hand(
    in_failing: int, in_passing: int, failing: int, passing: int, scores: tuple[float, ...]
) -> None:
    counts = (in_failing, in_passing, failing, passing)
    assert (ochiai(*counts), dstar(*counts), tarantula(*counts)) == pytest.approx(scores, abs=1e-4)


@pytest.mark.parametrize("formula", FORMULAS.values(), ids=FORMULAS.keys())
@given(st.integers(0, 50), st.integers(0, 500), st.integers(0, 50), st.integers(0, 500))
def test_a_fraction_that_passing_tests_lower_and_failing_ones_raise(
    formula: Formula, in_failing: int, in_passing: int, more_failing: int, more_passing: int
) -> None:
    failing, passing = in_failing + more_failing + 1, in_passing + more_passing + 1
    score = formula(in_failing, in_passing, failing, passing)
    assert 0 <= score <= 1
    assert formula(in_failing + 1, in_passing, failing, passing) >= score
    assert formula(in_failing, in_passing + 1, failing, passing) <= score
