import pytest
from survey import percentages, table


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([5], [100]),
        ([0, 7], [0, 100]),
        ([1, 1, 1, 1, 1, 1], [17, 17, 17, 17, 16, 16]),
        ([2, 3, 3], [25, 38, 37]),
        ([3, 3, 2], [38, 37, 25]),
        ([1, 999], [0, 100]),
        ([6, 994], [1, 99]),
        ([1, 199], [1, 99]),
        ([199, 1], [100, 0]),
        ([15, 5, 16, 16], [29, 9, 31, 31]),
        ([1, 1, 1, 4], [15, 14, 14, 57]),
        ([], []),
    ],
)
def test_percentages(counts, expected):
    assert percentages(counts) == expected


def test_sum_and_distance():
    for first in range(12):
        for second in range(12):
            for third in range(1, 12):
                counts = [first, second, third]
                shares = percentages(counts)
                total = sum(counts)
                assert sum(shares) == 100
                for count, share in zip(counts, shares, strict=True):
                    assert abs(share * total - 100 * count) < total


def test_two_hundred_options():
    assert percentages([1] * 200) == [1] * 100 + [0] * 100


def test_large_counts():
    counts = [10**20, 10**20, 10**20 + 1]
    assert percentages(counts) == [33, 33, 34]


def test_table_of_sixths():
    counts = {"a": 1, "b": 1, "c": 4}
    assert table(counts, 10) == "a  17% ##\nb  17% ##\nc  66% ##########"
    assert table({}) == ""
