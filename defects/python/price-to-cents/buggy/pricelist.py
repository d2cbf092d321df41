"""Price lists of suppliers: text in, whole cents out."""

import re

_PRICE = re.compile(r"(?P<number>\d{1,3}(?:[ ,']\d{3})+|\d+)(?P<cents>\.\d\d?)?")


def to_cents(text):
    """A price in cents. Thousands may be set apart by a blank, comma or apostrophe, and there are
    at most two decimals. ValueError for anything else.

    >>> to_cents("1,250.50")
    125050
    """
    match = _PRICE.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"not a price: {text!r}")
    number = re.sub(r"\D", "", match["number"])
    return int(float(number + (match["cents"] or "")) * 100)


def to_text(cents):
    """Cents as a price: `1,250.50`."""
    sign = "-" if cents < 0 else ""
    whole, rest = divmod(abs(cents), 100)
    return f"{sign}{whole:,}.{rest:02}"


def read_prices(lines):
    """{article: cents} from lines like `4711; Desk lamp; 29.90`. Lines that begin with `#` and
    empty ones are skipped. ValueError names the line.
    """
    prices = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            article, _, price = (field.strip() for field in line.split(";"))
            prices[article] = to_cents(price)
        except ValueError as error:
            raise ValueError(f"line {number}: {error}") from None
    return prices


def changes(old, new):
    """One line for each article whose price differs, in order of the articles."""
    return [
        f"{article}: {to_text(old[article])} -> {to_text(new[article])}"
        for article in sorted(old.keys() & new.keys())
        if old[article] != new[article]
    ]
