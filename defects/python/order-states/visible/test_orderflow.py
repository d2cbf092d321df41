import pytest
from orderflow import IllegalMove, Order, State


@pytest.fixture
def order():
    return Order(1001)


def test_the_usual_way(order):
    order.move(State.PAID, State.PACKED, State.SHIPPED, State.DELIVERED)
    assert order.state is State.DELIVERED
    assert not order.is_settled


def test_money_back_right_after_paying(order):
    order.move(State.PAID, State.REFUNDED)
    assert order.is_settled


def test_an_unpaid_order_is_not_packed(order):
    with pytest.raises(IllegalMove, match="new cannot become packed"):
        order.move(State.PACKED)
    assert order.past == [State.NEW]
