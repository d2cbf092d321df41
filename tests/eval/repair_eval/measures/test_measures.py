"""What measures make of attempts: denominators, missing values, breakdowns."""

from __future__ import annotations

import pytest
from repair_eval.measures import summarize
from repair_eval.measures.energy import energy
from repair_eval.measures.likeness import likeness
from repair_eval.measures.localization import localization
from repair_eval.measures.outcome import outcome, overfitting, plausible, repaired
from repair_eval.measures.pass_at_k import curve
from repair_eval.measures.prices import READY, read_prices
from repair_eval.measures.proportion import wilson
from repair_eval.measures.speed import speed
from repair_eval.record import Line

from tests.eval.repair_eval.measures.made import attempt, results, sample

GOOD, BAD = sample(), sample(plausible=False)
OVERFIT = sample(correct=False)
BROKEN = {"status": "failed", "error": "OSError: no space left"}


def test_an_attempt_is_what_its_first_plausible_answer_is():
    assert outcome(attempt("d", BAD, GOOD)) == "correct"
    assert outcome(attempt("d", OVERFIT, GOOD)) == "overfitting"
    assert outcome(attempt("d", sample(correct=None))) == "plausible"
    assert outcome(attempt("d", BAD, BAD)) == "failing"
    assert outcome(attempt("d", sample(plausible=None, correct=None))) == "unjudged"
    assert outcome(attempt("d")) == "no edit"
    assert outcome(attempt("d", sample(diff="", well_formed=False))) == "no edit"
    assert outcome(attempt("d", GOOD, **BROKEN)) == "breakdown"


def test_breakdowns_stay_in_the_denominator():
    found = results(attempt("a", GOOD), attempt("b", **BROKEN), attempt("c", OVERFIT))
    assert (found.broken, found.pending) == (1, 0)
    assert repaired(found)[:2] == (1, 3)
    assert plausible(found)[:2] == (2, 3)
    assert overfitting(found)[:2] == (1, 2)
    assert repaired(found).interval == wilson(1, 3)


def test_answers_without_hidden_tests_say_nothing_of_overfitting():
    assert overfitting(results(attempt("a", sample(correct=None)))).value is None


def test_repeats_of_a_defect_are_one_trial_for_the_interval():
    tries = [attempt("a", GOOD, repeat=at) for at in range(10)]
    assert repaired(results(*tries)).interval == wilson(1, 1)


def test_sampled_answers_are_one_pool_for_each_defect():
    found = results(
        attempt("a", GOOD, BAD, BAD, BAD, BAD),  # 1 - C(4,k)/C(5,k)
        attempt("b", BAD, BAD, BAD, BAD, BAD),
        kind="sampling",
    )
    at_1, at_5 = curve(found, (1, 5, 10))
    assert (at_1.k, at_1.value, at_1.defects) == (1, pytest.approx(0.1), 2)
    assert at_1.interval == pytest.approx((0.0, 0.2))
    assert (at_5.k, at_5.value) == (5, 0.5)


def test_repeats_make_more_samples_and_breakdowns_wrong_ones():
    found = results(
        attempt("a", GOOD, BAD, repeat=0),
        attempt("a", repeat=1, **BROKEN),
        kind="sampling",
    )
    assert [(one.k, one.value) for one in curve(found, (1, 2, 4, 5))] == [
        (1, pytest.approx(1 / 4)),
        (2, pytest.approx(1 - 3 / 6)),  # 1 - C(3,2)/C(4,2)
        (4, 1.0),
    ]


def test_ranked_answers_count_from_the_front():
    found = results(attempt("a", BAD, GOOD), attempt("b", BAD), attempt("c", GOOD))
    assert [(one.k, one.value) for one in curve(found, (1, 2, 5))] == [
        (1, pytest.approx(1 / 3)),
        (2, pytest.approx(2 / 3)),
    ]


def test_likeness_is_of_the_first_answer():
    same = sample(exact=True, ast_same=True)
    layout = sample(ast_same=True)
    java = attempt("j", sample(ast_same=None), language="java")
    found = likeness(results(attempt("a", same), attempt("b", layout), attempt("c", BAD), java))
    assert found.exact[:2] == (1, 4)
    assert found.ast is not None
    assert found.ast[:2] == (2, 3)
    assert likeness(results(java)).ast is None


def test_localization_counts_a_fault_line_among_the_first():
    near = tuple(Line("m.py", line) for line in (7, 8, 3))
    found = localization(results(attempt("a", suspicious=near), attempt("b")))
    assert found is not None
    assert {k: share[:2] for k, share in found.items()} == {1: (0, 2), 5: (1, 2), 10: (1, 2)}
    assert localization(results(attempt("a"))) is None


def test_speed_is_tokens_over_their_seconds():
    found = speed(
        results(
            attempt("a", prompt_tokens=300, prefill_seconds=2.0, first_verified_seconds=4.0),
            attempt("b", prompt_tokens=100, prefill_seconds=2.0),
            attempt("c", prompt_tokens=900),
        )
    )
    assert found.prefill_rate == 100.0
    assert found.decode_rate is None
    assert found.output_tokens is None
    assert found.verified is not None
    assert (found.verified.number, found.verified.median) == (1, 4.0)


def test_energy_names_whose_reading_it_is():
    found = energy(
        results(
            attempt("a", joules=3_600.0, energy_source="rapl"),
            attempt("b", joules=7_200.0, energy_source="rapl"),
            attempt("c"),
        )
    )
    assert found == (5_400.0, 2, "rapl")
    assert found is not None
    assert found.co2_grams(400) == pytest.approx(0.6)  # 0.0015 kWh
    assert energy(results(attempt("a"))) is None


def test_nothing_is_measured_of_nothing():
    found = summarize(results(), read_prices(READY))
    assert found.repaired.value is None
    assert found.pass_at_k == ()
    assert (found.energy, found.cost, found.localization) == (None, None, None)
    assert (found.footprint.peak, found.speed.attempt, found.edits.lines_changed) == (None,) * 3
