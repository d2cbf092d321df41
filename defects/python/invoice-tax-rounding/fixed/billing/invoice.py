"""Invoices: totals that agree with the printed lines."""

from decimal import Decimal

from billing.tax import cents, tax_by_rate


class Invoice:
    """Lines and their totals, all in one currency."""

    def __init__(self, lines):
        self.lines = list(lines)

    @property
    def net(self):
        return cents(sum((line.net for line in self.lines), Decimal(0)))

    @property
    def taxes(self):
        return tax_by_rate(self.lines)

    @property
    def total(self):
        """Net and taxes; what the customer pays."""
        return sum(self.taxes.values(), self.net)

    def summary(self):
        """Text for the foot of the invoice."""
        rows = [("net", self.net)]
        rows += [(f"tax {rate}%", tax) for rate, tax in self.taxes.items()]
        rows.append(("total", self.total))
        return "\n".join(f"{name:<10}{amount:>10}" for name, amount in rows)
