"""The lines of an invoice."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Line:
    """`quantity` of something at `price` each, before tax; `rate` is the tax in percent."""

    name: str
    quantity: int
    price: Decimal
    rate: Decimal

    @property
    def net(self):
        return self.quantity * self.price
