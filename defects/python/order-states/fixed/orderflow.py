"""The life of an order in the shop.

    NEW ---> PAID ---> PACKED ---> SHIPPED ---> DELIVERED
     |        |          |                         |
     v        v          v                         v
  CANCELLED  REFUNDED  REFUNDED                 RETURNED ---> REFUNDED

Nothing leads out of CANCELLED and REFUNDED.
"""

from enum import Enum, auto


class State(Enum):
    NEW = auto()
    PAID = auto()
    PACKED = auto()
    SHIPPED = auto()
    DELIVERED = auto()
    RETURNED = auto()
    CANCELLED = auto()
    REFUNDED = auto()


_NEXT = {
    State.NEW: {State.PAID, State.CANCELLED},
    State.PAID: {State.PACKED, State.REFUNDED},
    State.PACKED: {State.SHIPPED, State.REFUNDED},
    State.SHIPPED: {State.DELIVERED},
    State.DELIVERED: {State.RETURNED},
    State.RETURNED: {State.REFUNDED},
}


class IllegalMove(Exception):
    """The order cannot get from its state into that one."""

    def __init__(self, order, state, wanted):
        super().__init__(f"order {order}: {state.name.lower()} cannot become {wanted.name.lower()}")
        self.state = state
        self.wanted = wanted


class Order:
    """An order, which remembers all of its states."""

    def __init__(self, number):
        self.number = number
        self.past = [State.NEW]

    @property
    def state(self):
        return self.past[-1]

    @property
    def is_settled(self):
        """Whether nothing can happen to the order any more."""
        return not _NEXT.get(self.state)

    def can(self, state):
        return state in _NEXT.get(self.state, ())

    def move(self, *states):
        """Go through the states one by one. IllegalMove where one of them cannot be next; the
        order is then in the state before it.
        """
        for state in states:
            if not self.can(state):
                raise IllegalMove(self.number, self.state, state)
            self.past.append(state)
