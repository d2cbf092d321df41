from decimal import Decimal

import pytest
from billing import Invoice, Line
from billing.tax import tax_by_rate


def line(price, quantity=1, rate="19"):
    return Line("thing", quantity, Decimal(price), Decimal(rate))


@pytest.mark.parametrize(
    ("price", "count", "tax", "total"),
    [("0.02", 5, "0.02", "0.12"), ("0.05", 7, "0.07", "0.42"), ("3.33", 3, "1.90", "11.89")],
)
def test_many_lines(price, count, tax, total):
    invoice = Invoice([line(price) for _ in range(count)])
    assert invoice.taxes == {Decimal(19): Decimal(tax)}
    assert invoice.total == Decimal(total)


def test_interleaved_rates():
    invoice = Invoice([line("0.33", rate=rate) for rate in ("7", "19", "7", "19", "7")])
    assert list(invoice.taxes.items()) == [
        (Decimal(7), Decimal("0.07")),
        (Decimal(19), Decimal("0.13")),
    ]
    assert invoice.total == invoice.net + sum(invoice.taxes.values()) == Decimal("1.85")


def test_one_line_of_many_is_many_lines_of_one():
    assert tax_by_rate([line("0.13", 10)]) == tax_by_rate([line("0.13")] * 10)


def test_no_lines():
    invoice = Invoice([])
    assert invoice.taxes == {}
    assert invoice.total == Decimal("0.00")


def test_summary_adds_up():
    rows = Invoice([line("0.13") for _ in range(10)]).summary().splitlines()
    net, tax, total = (Decimal(row.split()[-1]) for row in rows)
    assert net + tax == total
