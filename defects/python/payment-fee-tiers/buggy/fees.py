"""Fees of payment methods. All amounts are in cents."""

from __future__ import annotations

from typing import NamedTuple


class Tier(NamedTuple):
    """Payments up to and including `limit` cost `fixed` and `permille` of the amount."""

    limit: int
    fixed: int
    permille: int


class FeeTable:
    """The tiers of one payment method, in any order."""

    def __init__(self, method: str, tiers: list[Tier]) -> None:
        if not tiers:
            raise ValueError(f"{method}: no tiers")
        self.method = method
        self.tiers = sorted(tiers)

    @property
    def maximum(self) -> int:
        """The largest payment that the method takes."""
        return self.tiers[-1].limit

    def tier(self, amount: int) -> Tier:
        """The tier of a payment. ValueError where the method does not take the amount."""
        if amount <= 0:
            raise ValueError(f"{self.method}: not a payment: {amount}")
        for tier in self.tiers:
            if amount < tier.limit:
                return tier
        raise ValueError(f"{self.method}: at most {self.maximum}, not {amount}")

    def fee(self, amount: int) -> int:
        """The fee for a payment, fractions of a cent rounded up."""
        tier = self.tier(amount)
        return tier.fixed - (-amount * tier.permille // 1000)

    def payout(self, amount: int) -> int:
        """What the merchant gets, which is never less than nothing."""
        return max(0, amount - self.fee(amount))


def cheapest(tables: list[FeeTable], amount: int) -> FeeTable:
    """The method with the lowest fee, the first of equal ones. ValueError where none fits."""
    fitting = [table for table in tables if 0 < amount <= table.maximum]
    if not fitting:
        raise ValueError(f"no method takes {amount}")
    return min(fitting, key=lambda table: table.fee(amount))
