import statistics

import pytest
from shardstats import Summary, merged


@pytest.mark.parametrize(
    "shards",
    [
        [[1.0], [2.0]],
        [[0.0, 0.0], [10.0]],
        [[5.0, 7.0, 6.0], [105.0, 107.0]],
        [[-3.0], [3.0, 4.0], [], [100.0, -100.0, 0.5]],
        [[1.0, 2.0, 3.0], [1.0, 2.0, 3.0]],
        [[4.0]],
    ],
)
def test_merged_is_as_good_as_together(shards):
    together = Summary.of(value for shard in shards for value in shard)
    for order in (shards, shards[::-1]):
        summary = merged(Summary.of(shard) for shard in order)
        assert summary.count == together.count
        assert summary.mean == pytest.approx(together.mean)
        assert summary.squares == pytest.approx(together.squares)
        assert summary.lowest == together.lowest
        assert summary.highest == together.highest


def test_one_by_one():
    values = [3.5, -1.25, 8.0, 8.0, 2.75, 40.0]
    summary = merged(Summary.of([value]) for value in values)
    assert summary.deviation == pytest.approx(statistics.pstdev(values))


def test_equal_means_add_up():
    both = Summary.of([1, 3]) | Summary.of([0, 4])
    assert both.squares == pytest.approx(10)


def test_a_large_offset_keeps_the_spread():
    both = Summary.of([1e9, 1e9 + 2]) | Summary.of([1e9 + 4, 1e9 + 6])
    assert both.squares == pytest.approx(20)


def test_nothing_has_no_deviation():
    with pytest.raises(ValueError):
        _ = (Summary() | Summary()).deviation
