import pytest
from stock import OutOfStock, Stock


@pytest.fixture
def stock():
    made = Stock()
    made.receive("north", "lamp", 10)
    made.receive("south", "lamp", 4)
    return made


def test_levels(stock):
    assert stock.level("north", "lamp") == 10
    assert stock.level("north", "desk") == 0
    assert stock.total("lamp") == 14


def test_transfer(stock):
    stock.transfer("north", "south", "lamp", 3)
    assert stock.level("north", "lamp") == 7
    assert stock.level("south", "lamp") == 7


def test_ship_more_than_there_is(stock):
    with pytest.raises(OutOfStock):
        stock.ship("south", "lamp", 5)
    assert stock.level("south", "lamp") == 4
