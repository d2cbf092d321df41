"""Prices, break-even volumes and paired comparisons, worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from repair_eval.measures import compare_all, compare_two
from repair_eval.measures.cost import BreakEven, Cost, break_even, cost, thousand_repairs
from repair_eval.measures.prices import READY, read_prices

from repairlsp.errors import UsageError
from tests.eval.repair_eval.measures.made import attempt, results, sample, verdicts

TABLE = """
schema_version = 1
currency = "USD"
attempts_per_month = 1_000
electricity = { price_per_kwh = 0.36, co2_grams_per_kwh = 500 }
machines.laptop = { price_per_month = 30, watts = 50 }
machines.cloud = { price_per_hour = 0.90 }
apis.hosted = { input_per_million = 2, output_per_million = 10 }
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "prices.toml"
    path.write_text(TABLE)
    return path


def test_an_owned_machine_costs_its_months_and_its_electricity(table: Path):
    prices = read_prices(table)
    found = results(attempt("a", sample(), seconds=20.0), attempt("b", seconds=60.0))
    priced = cost(found, prices)
    assert priced is not None
    # 40 s x 50 W = 2,000 J, of which 3.6 million make a kWh.
    assert priced.per_attempt == pytest.approx(2_000 / 3.6e6 * 0.36)
    assert priced.thousand(1_000) == pytest.approx(30 + 0.2)
    assert thousand_repairs(found, priced, prices) == pytest.approx(2 * 30.2)  # one of two
    measured = results(attempt("a", joules=3.6e6, energy_source="rapl"))
    again = cost(measured, prices)
    assert again is not None
    assert (again.per_attempt, again.basis) == (pytest.approx(0.36), "owned, energy by rapl")


def test_more_work_than_a_machine_does_needs_another():
    slow = Cost(0.0, 30.0, 3_600.0, "")
    assert slow.capacity == 730
    assert (slow.month(730), slow.month(731)) == (30, 60)


def test_a_rented_machine_costs_its_seconds(table: Path):
    priced = cost(results(attempt("a", seconds=8.0), hardware="cloud"), read_prices(table))
    assert priced is not None
    assert (priced.per_attempt, priced.per_month) == (pytest.approx(0.002), 0.0)


def test_an_interface_costs_its_tokens(table: Path):
    prices = read_prices(table)
    told = attempt("a", prompt_tokens=1_000, output_tokens=300)
    priced = cost(results(told, hardware="hosted"), prices)
    assert priced is not None
    assert priced.per_attempt == pytest.approx(0.005)
    assert cost(results(attempt("a"), hardware="hosted"), prices) is None


def test_what_has_no_price_has_no_cost(table: Path):
    prices = read_prices(table)
    assert cost(results(attempt("a"), hardware="unheard-of"), prices) is None
    priced = Cost(1.0, 0.0, 0.0, "")
    assert thousand_repairs(results(attempt("a")), priced, prices) is None


def test_break_even_by_hand():
    owned, api = Cost(0.001, 36.0, 10.0, ""), Cost(0.01, 0.0, 0.0, "")
    # 36 + 0.001 v = 0.01 v
    expected = BreakEven(pytest.approx(4_000), "owned")
    assert break_even(("owned", owned), ("api", api)) == expected
    assert break_even(("api", api), ("owned", owned)) == expected
    slow = Cost(0.001, 36.0, 3_600.0, "")
    assert break_even(("owned", slow), ("api", api)).beyond_capacity


def test_break_even_where_lines_do_not_cross():
    cheap, dear = Cost(0.01, 0.0, 0.0, ""), Cost(0.02, 5.0, 0.0, "")
    assert break_even(("cheap", cheap), ("dear", dear)) == BreakEven(0.0, "cheap")
    parallel = Cost(0.01, 5.0, 0.0, "")
    assert break_even(("cheap", cheap), ("parallel", parallel)) == BreakEven(0.0, "cheap")
    assert break_even(("cheap", cheap), ("same", cheap)) == BreakEven(None, "")


def test_the_table_that_comes_with_a_checkout_holds():
    assert read_prices(READY).offers["gpu-80gb"]


def test_every_mistake_in_a_table_is_named(table: Path):
    text = table.read_text().replace("watts", "wats").replace('currency = "USD"', "")
    table.write_text(text.replace("apis.hosted", "apis.laptop"))
    with pytest.raises(UsageError) as caught:
        read_prices(table)
    for problem in (
        "currency must be",
        "machines.laptop.watts is missing",
        "wats is not a key",
        "apis.laptop is the name of a machine too",
    ):
        assert problem in str(caught.value)


def test_a_comparison_names_the_defects_that_differ():
    first = verdicts("first", {"a": True, "b": True, "c": True, "d": False, "only here": True})
    second = verdicts("second", {"a": True, "b": False, "c": False, "d": True})
    (found,) = compare_two([(first, second)])
    assert (found.defects, found.both_repaired) == (4, 1)
    assert (found.only_first, found.only_second) == (("b", "c"), ("d",))
    assert found.p == found.adjusted == 1.0  # 2 x (1 + 3)/8
    assert [share[:2] for share in found.shares] == [(3, 4), (2, 4)]
    assert (found.difference, found.neither) == (0.25, 0)


def test_all_pairs_are_corrected_together_and_controls_left_out():
    defects = list("abcdefgh")
    good = verdicts("good", dict.fromkeys(defects, True))
    bad = verdicts("bad", dict.fromkeys(defects, False))
    half = verdicts("half", {defect: defect < "e" for defect in defects})
    noop = results(attempt("a"), name="noop", kind="control")
    found = {(one.first, one.second): one for one in compare_all([good, bad, half, noop])}
    assert set(found) == {("good", "bad"), ("good", "half"), ("bad", "half")}
    best = found["good", "bad"]
    assert best.p == pytest.approx(2 / 256)
    assert best.adjusted == pytest.approx(3 * 2 / 256)
    assert found["good", "half"].adjusted == pytest.approx(2 * 2 / 16)
