"""Stock of several warehouses."""

from collections import defaultdict


class OutOfStock(Exception):
    """A warehouse has fewer of an article than are wanted."""

    def __init__(self, warehouse, article, wanted, available):
        super().__init__(f"{warehouse} has {available} of {article}, not {wanted}")
        self.missing = wanted - available


class Stock:
    """How many of each article each warehouse has, and what has been moved."""

    def __init__(self):
        self._levels = defaultdict(int)
        self.moves = []

    def level(self, warehouse, article):
        return self._levels.get((warehouse, article), 0)

    def total(self, article):
        return sum(level for (_, name), level in self._levels.items() if name == article)

    def receive(self, warehouse, article, quantity):
        """Goods come in from outside."""
        self._require_some(quantity)
        self._levels[warehouse, article] += quantity
        self.moves.append((None, warehouse, article, quantity))

    def ship(self, warehouse, article, quantity):
        """Goods leave for a customer. OutOfStock where there are too few."""
        self._require_some(quantity)
        self._take(warehouse, article, quantity)
        self.moves.append((warehouse, None, article, quantity))

    def transfer(self, source, target, article, quantity):
        """Move goods between warehouses. OutOfStock where the source has too few; nothing is
        moved then.
        """
        self._require_some(quantity)
        if source == target:
            return
        self._take(source, article, quantity)
        self._levels[target, article] += quantity
        self.moves.append((source, target, article, quantity))

    def _take(self, warehouse, article, quantity):
        available = self.level(warehouse, article)
        if quantity > available:
            raise OutOfStock(warehouse, article, quantity, available)
        self._levels[warehouse, article] -= quantity

    @staticmethod
    def _require_some(quantity):
        if quantity < 1:
            raise ValueError(f"not a quantity: {quantity}")
