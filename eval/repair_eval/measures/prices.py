"""The price table: what machines, electricity and tokens cost. `eval/prices.toml` is an example."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from repair_eval.configs.fields import Fields
from repair_eval.suite.table import read_toml
from repairlsp.errors import UsageError

SCHEMA_VERSION = 1
READY = Path(__file__).parents[2] / "prices.toml"
"""The example that comes with a checkout."""
_MOST = 1e9


@dataclass(frozen=True, slots=True)
class Owned:
    """A machine that costs `price_per_month` whether it is used or not, and draws `watts` while it
    works."""

    price_per_month: float
    watts: float


@dataclass(frozen=True, slots=True)
class Rented:
    """A machine that is paid while it works."""

    price_per_hour: float


@dataclass(frozen=True, slots=True)
class Api:
    """A model that is paid by the token; prices are of a million."""

    input_per_million: float
    output_per_million: float


Offer = Owned | Rented | Api


@dataclass(frozen=True, slots=True)
class Prices:
    """A price table. `attempts_per_month` is the use that an owned machine is shared out over;
    `note` says where the figures are from."""

    currency: str
    note: str
    attempts_per_month: int
    price_per_kwh: float
    co2_grams_per_kwh: float
    offers: Mapping[str, Offer]


def read_prices(path: Path) -> Prices:
    """Raises UsageError that names every mistake in the file."""
    problems: list[str] = []
    document = read_toml(path)
    table = Fields(document, str(path), problems)
    table.version(SCHEMA_VERSION)
    electricity = table.part("electricity")
    prices = Prices(
        currency=table.text("currency"),
        note=table.line("note"),
        attempts_per_month=table.whole("attempts_per_month", 10_000, 1, 10**9),
        price_per_kwh=_price(electricity, "price_per_kwh"),
        co2_grams_per_kwh=_price(electricity, "co2_grams_per_kwh"),
        offers=_offers(document, table),
    )
    electricity.refuse_others()
    table.refuse_others()
    if problems:
        raise UsageError("\n".join(problems))
    return prices


def _offers(document: Mapping[str, object], table: Fields) -> dict[str, Offer]:
    offers: dict[str, Offer] = {}
    for kind, read in (("machines", _machine), ("apis", _api)):
        if kind not in table:
            continue
        rows, names = table.part(kind), document[kind]
        for name in names if isinstance(names, dict) else ():
            row = rows.part(name)
            if name in offers:
                rows.note(name, "is the name of a machine too")
            offers[name] = read(row)
            row.refuse_others()
    return offers


def _machine(row: Fields) -> Offer:
    if "price_per_hour" in row:
        return Rented(_price(row, "price_per_hour"))
    return Owned(_price(row, "price_per_month"), _price(row, "watts"))


def _api(row: Fields) -> Offer:
    return Api(_price(row, "input_per_million"), _price(row, "output_per_million"))


def _price(row: Fields, key: str) -> float:
    if key not in row:
        row.note(key, "is missing")
    return row.number(key, 0.0, 0.0, _MOST)
