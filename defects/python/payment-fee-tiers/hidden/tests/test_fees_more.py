import pytest
from fees import FeeTable, Tier, cheapest

TABLE = FeeTable("wallet", [Tier(500, 5, 20), Tier(50, 1, 0), Tier(2000, 9, 10)])


@pytest.mark.parametrize(
    ("amount", "limit"),
    [(1, 50), (49, 50), (50, 50), (51, 500), (500, 500), (501, 2000), (2000, 2000)],
)
def test_tiers(amount, limit):
    assert TABLE.tier(amount).limit == limit


@pytest.mark.parametrize("amount", [0, -1, 2001])
def test_not_taken(amount):
    with pytest.raises(ValueError):
        TABLE.tier(amount)


@pytest.mark.parametrize(("amount", "fee"), [(50, 1), (51, 7), (500, 15), (501, 15), (2000, 29)])
def test_fees(amount, fee):
    assert TABLE.fee(amount) == fee
    assert TABLE.payout(amount) == amount - fee


def test_the_maximum_has_a_cheapest_method():
    other = FeeTable("cash", [Tier(2000, 29, 0)])
    assert cheapest([TABLE, other], 2000) is TABLE
    assert cheapest([other, TABLE], 2000) is other
    with pytest.raises(ValueError):
        cheapest([TABLE, other], 2001)


def test_payout_is_never_negative():
    assert FeeTable("post", [Tier(100, 40, 0)]).payout(7) == 0
