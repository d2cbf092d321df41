import pytest
from orderflow import IllegalMove, Order, State

MOVES = {
    "NEW": "PAID CANCELLED",
    "PAID": "PACKED REFUNDED",
    "PACKED": "SHIPPED REFUNDED",
    "SHIPPED": "DELIVERED",
    "DELIVERED": "RETURNED",
    "RETURNED": "REFUNDED",
    "CANCELLED": "",
    "REFUNDED": "",
}


def order_in(name):
    order = Order(7)
    ways = {"CANCELLED": "CANCELLED", "REFUNDED": "PAID PACKED REFUNDED"}
    usual = "PAID PACKED SHIPPED DELIVERED RETURNED".split()
    if name in usual:
        ways[name] = " ".join(usual[: usual.index(name) + 1])
    order.move(*(State[step] for step in ways.get(name, "").split()))
    return order


@pytest.mark.parametrize(("name", "following"), MOVES.items())
def test_every_move(name, following):
    order = order_in(name)
    assert {state.name for state in State if order.can(state)} == set(following.split())
    assert order.is_settled == (not following)


def test_a_paid_order_is_not_cancelled():
    order = order_in("PAID")
    with pytest.raises(IllegalMove):
        order.move(State.CANCELLED)
    assert order.state is State.PAID


def test_moves_up_to_the_illegal_one():
    order = Order(8)
    with pytest.raises(IllegalMove) as caught:
        order.move(State.PAID, State.SHIPPED, State.DELIVERED)
    assert (caught.value.state, caught.value.wanted) == (State.PAID, State.SHIPPED)
    assert order.past == [State.NEW, State.PAID]
