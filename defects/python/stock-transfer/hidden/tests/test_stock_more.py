import pytest
from stock import OutOfStock, Stock


@pytest.fixture
def stock():
    made = Stock()
    made.receive("a", "x", 5)
    made.receive("b", "x", 2)
    made.receive("b", "y", 9)
    return made


def levels(stock, article="x"):
    return [stock.level(warehouse, article) for warehouse in "abc"]


@pytest.mark.parametrize(
    ("source", "target", "quantity", "expected"),
    [
        ("a", "b", 5, [0, 7, 0]),
        ("a", "c", 1, [4, 2, 1]),
        ("b", "a", 2, [7, 0, 0]),
        ("b", "c", 2, [5, 0, 2]),
        ("a", "a", 3, [5, 2, 0]),
    ],
)
def test_transfers(stock, source, target, quantity, expected):
    stock.transfer(source, target, "x", quantity)
    assert levels(stock) == expected
    assert stock.total("x") == 7


@pytest.mark.parametrize(("source", "target"), [("b", "a"), ("c", "a"), ("c", "b")])
def test_the_source_is_short(stock, source, target):
    with pytest.raises(OutOfStock) as caught:
        stock.transfer(source, target, "x", 3)
    assert caught.value.missing == 3 - stock.level(source, "x")
    assert source in str(caught.value)
    assert levels(stock) == [5, 2, 0]
    assert len(stock.moves) == 3


def test_there_and_back(stock):
    stock.transfer("b", "c", "y", 9)
    stock.transfer("c", "b", "y", 9)
    assert levels(stock, "y") == [0, 9, 0]
    assert stock.moves[-2:] == [("b", "c", "y", 9), ("c", "b", "y", 9)]


def test_nothing_is_not_a_quantity(stock):
    with pytest.raises(ValueError):
        stock.transfer("a", "b", "x", 0)
