import pytest
from fees import FeeTable, Tier, cheapest

CARD = FeeTable("card", [Tier(100_00, 30, 0), Tier(1000_00, 10, 15)])


def test_small_payment():
    assert CARD.fee(99_99) == 30


def test_large_payment():
    assert CARD.fee(200_00) == 310


def test_one_hundred_is_still_small():
    assert CARD.fee(100_00) == 30


def test_too_large():
    with pytest.raises(ValueError):
        CARD.fee(1000_01)


def test_cheapest():
    transfer = FeeTable("transfer", [Tier(5000_00, 99, 0)])
    assert cheapest([CARD, transfer], 50_00) is CARD
    assert cheapest([CARD, transfer], 500_00) is transfer
