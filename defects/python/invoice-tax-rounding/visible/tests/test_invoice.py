from decimal import Decimal

from billing import Invoice, Line


def line(price, quantity=1, rate="19"):
    return Line("thing", quantity, Decimal(price), Decimal(rate))


def test_one_line():
    invoice = Invoice([line("10.00", 3)])
    assert invoice.net == Decimal("30.00")
    assert invoice.taxes == {Decimal(19): Decimal("5.70")}
    assert invoice.total == Decimal("35.70")


def test_small_lines_are_taxed_together():
    invoice = Invoice([line("0.13") for _ in range(10)])
    assert invoice.taxes == {Decimal(19): Decimal("0.25")}
    assert invoice.total == Decimal("1.55")


def test_rates_are_kept_apart():
    invoice = Invoice([line("1.00", rate="19"), line("1.00", rate="7")])
    assert invoice.taxes == {Decimal(19): Decimal("0.19"), Decimal(7): Decimal("0.07")}


def test_summary():
    summary = Invoice([line("2.00")]).summary().splitlines()
    assert summary == ["net             2.00", "tax 19%         0.38", "total           2.38"]
