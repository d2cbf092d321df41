import pytest
from shardstats import Summary, merged


def test_one_machine():
    summary = Summary.of([2, 4, 4, 4, 5, 5, 7, 9])
    assert (summary.count, summary.mean, summary.deviation) == (8, 5, 2)
    assert str(summary) == "5.00 ± 2.00 (8, 2 to 9)"


def test_mean_of_two_machines():
    both = Summary.of([1, 2, 3]) | Summary.of([10])
    assert both.count == 4
    assert both.mean == 4


def test_deviation_of_two_machines():
    both = Summary.of([2, 4, 4, 4]) | Summary.of([5, 5, 7, 9])
    assert both.deviation == pytest.approx(2)


def test_a_machine_without_values():
    assert merged([Summary(), Summary.of([3, 5]), Summary()]) == Summary.of([3, 5])
    assert str(merged([])) == "no values"
