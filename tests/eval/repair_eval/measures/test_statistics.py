"""The estimators, against values worked out by hand and printed in the papers."""

from __future__ import annotations

from math import comb

import pytest
from repair_eval.measures.bootstrap import bootstrap
from repair_eval.measures.difference import paired_difference
from repair_eval.measures.holm import holm
from repair_eval.measures.mcnemar import mcnemar
from repair_eval.measures.pass_at_k import pass_at_k
from repair_eval.measures.proportion import Share, wilson
from repair_eval.measures.spread import Spread


def test_pass_at_k_by_hand():
    assert pass_at_k(5, 2, 2) == pytest.approx(0.7)  # 1 - C(3,2)/C(5,2) = 1 - 3/10
    assert pass_at_k(10, 3, 1) == pytest.approx(0.3)  # k = 1 is the plain share
    assert pass_at_k(10, 1, 10) == 1.0
    assert pass_at_k(10, 0, 10) == 0.0
    assert pass_at_k(4, 3, 2) == 1.0  # fewer wrong ones than are drawn


def test_pass_at_k_is_the_formula_of_chen_et_al():
    for n in range(1, 12):
        for c in range(n + 1):
            for k in range(1, n + 1):
                assert pass_at_k(n, c, k) == pytest.approx(1 - comb(n - c, k) / comb(n, k))


def test_pass_at_k_does_not_overflow_where_binomials_do():
    assert 0.09 < pass_at_k(100_000, 10, 1_000) < 0.1


@pytest.mark.parametrize("n, c, k", [(5, 6, 1), (5, 1, 6), (5, -1, 1), (5, 1, 0)])
def test_pass_at_k_refuses_what_cannot_be(n: int, c: int, k: int):
    with pytest.raises(ValueError, match="no pass@"):
        pass_at_k(n, c, k)


@pytest.mark.parametrize(
    "hits, trials, low, high",
    [  # Newcombe, Statistics in Medicine 17 (1998), table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_as_newcombe_printed_it(hits: int, trials: int, low: float, high: float):
    assert wilson(hits, trials) == pytest.approx((low, high), abs=5e-5)


def test_attempts_at_one_defect_count_once_for_the_interval():
    assert Share.of(50, 100, 10).interval == wilson(5, 10)
    assert Share.of(0, 0, 0).value is None


def test_bootstrap_of_yes_and_no_is_the_binomial_distribution():
    # Means of 20 draws from 10 zeros and 10 ones are binomial(20, 1/2)/20, whose 2.5 % quantile
    # is 6/20: P(X <= 5) = 0.0207, P(X <= 6) = 0.0577.
    assert bootstrap([0.0, 1.0] * 10) == pytest.approx((0.3, 0.7))


def test_bootstrap_of_two_defects():
    # The mean is 0, 1/2 or 1 with probabilities 1/4, 1/2, 1/4.
    assert bootstrap([0.0, 1.0]) == (0.0, 1.0)


def test_bootstrap_width_is_the_standard_error():
    values = [94.0, 197.0, 16.0, 38.0, 99.0, 141.0, 23.0]  # Efron and Tibshirani, table 2.1
    found = bootstrap(values)
    assert found is not None
    # Mean 86.86, standard error 23.36 (their section 6.4 in the limit of many resamples).
    assert found.low == pytest.approx(86.86 - 1.96 * 23.36, abs=5)
    assert found.high == pytest.approx(86.86 + 1.96 * 23.36, abs=5)


def test_bootstrap_is_seeded_and_says_nothing_of_equal_values():
    values = [0.1, 0.5, 0.7, 0.2]
    assert bootstrap(values) == bootstrap(values)
    assert bootstrap(values, resamples=50, seed=1) != bootstrap(values, resamples=50, seed=2)
    assert bootstrap([1.0]) is None
    assert bootstrap([0.0, 0.0]) is None


def test_mcnemar_by_hand():
    assert mcnemar(1, 5) == pytest.approx(2 * (1 + 6) / 64)
    assert mcnemar(10, 2) == pytest.approx(2 * (1 + 12 + 66) / 4096)
    assert mcnemar(0, 0) == 1.0
    assert mcnemar(3, 3) == 1.0
    assert mcnemar(0, 6) == pytest.approx(2 / 64)


def test_mcnemar_of_many_discordant_pairs():
    assert mcnemar(900, 1100) == pytest.approx(8.5e-6, rel=0.05)
    assert mcnemar(0, 5_000) == 0.0


def test_the_interval_of_a_paired_difference_is_that_of_its_standard_error():
    # (33 - 13)/140 = 0.143; its standard error is sqrt(33 + 13 - 20^2/140)/140 = 0.0469.
    found = paired_difference(33, 13, 140)
    assert found == pytest.approx((0.143 - 1.96 * 0.0469, 0.143 + 1.96 * 0.0469), abs=0.01)
    assert found == paired_difference(33, 13, 140)
    low, high = paired_difference(13, 33, 140) or (0, 0)
    assert (low, high) == pytest.approx((-found.high, -found.low), abs=0.01)
    assert paired_difference(0, 0, 140) is None
    assert paired_difference(1, 0, 1) == (1.0, 1.0)


def test_holm_by_hand():
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx((0.03, 0.06, 0.06, 0.02))
    assert holm([0.5, 0.6]) == (1.0, 1.0)
    assert holm([]) == ()


def test_spread():
    found = Spread.of([10, None, *range(1, 10)])
    assert found is not None
    # Type 7: position 1 + 0.9 x 9 = 9.1 of 1..10.
    assert found == (10, 5.5, pytest.approx(9.1), 10)
    assert Spread.of([None]) is None
    assert Spread.of([4.0]) == (1, 4.0, 4.0, 4.0)
