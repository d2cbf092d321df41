"""Tax by rate."""

from decimal import ROUND_HALF_UP, Decimal

_CENT = Decimal("0.01")


def cents(amount):
    """Rounded to cents, half a cent up."""
    return amount.quantize(_CENT, rounding=ROUND_HALF_UP)


def tax_by_rate(lines):
    """The tax of the lines, as {rate: amount} in the order of first use."""
    nets = {}
    for line in lines:
        nets[line.rate] = nets.get(line.rate, Decimal(0)) + line.net
    return {rate: cents(net * rate / 100) for rate, net in nets.items()}
