"""Shopping baskets. Prices are in cents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Article:
    number: str
    price: int
    weight: int = 0


@dataclass(frozen=True)
class Discount:
    """So many percent off, from a sum on."""

    percent: int
    minimum: int

    def off(self, amount: int) -> int:
        return amount * self.percent // 100 if amount >= self.minimum else 0


class Basket:
    """Articles and how many of each. The best of the discounts counts, never two of them."""

    def __init__(self, discounts: tuple[Discount, ...] = ()) -> None:
        self._discounts = discounts
        self._quantities: dict[Article, int] = {}
        self._total: int | None = None

    def __iter__(self) -> Iterator[tuple[Article, int]]:
        return iter(self._quantities.items())

    def __len__(self) -> int:
        return sum(self._quantities.values())

    def add(self, article: Article, quantity: int = 1) -> None:
        if quantity < 1:
            raise ValueError(f"cannot add {quantity}")
        self._quantities[article] = self._quantities.get(article, 0) + quantity
        self._total = None

    def remove(self, article: Article) -> None:
        """Take all of an article out. KeyError where there is none."""
        del self._quantities[article]
        self._total = None

    def change(self, article: Article, quantity: int) -> None:
        """Set the quantity of an article that is in the basket; 0 takes it out."""
        if quantity < 0 or article not in self._quantities:
            raise ValueError(f"cannot set {article.number} to {quantity}")
        if quantity == 0:
            self.remove(article)
            return
        self._quantities[article] = quantity
        self._total = None

    @property
    def total(self) -> int:
        """What all costs, less the discount. Shops ask for it on every page, so it is kept."""
        if self._total is None:
            amount = sum(article.price * quantity for article, quantity in self)
            self._total = amount - max((d.off(amount) for d in self._discounts), default=0)
        return self._total

    @property
    def weight(self) -> int:
        return sum(article.weight * quantity for article, quantity in self)
