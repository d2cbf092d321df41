"""Candidate patches that try to fool the verdict, as data; the project that they are for."""

from __future__ import annotations

import tomllib
from pathlib import Path
from textwrap import indent
from typing import Literal, NamedTuple

from repairlsp.types import Edit, LineSpan

PROJECT = {
    "shop/__init__.py": "",
    "shop/basket.py": """\
        class Basket:
            def __enter__(self):
                return self

            def __exit__(self, *error):
                return None

            def total(self, prices):
                result = 0
                for price in prices:
                    result -= price
                return result

            def count(self, prices):
                return len(prices)
        """,
    "tests/test_basket.py": """\
        from shop.basket import Basket


        def test_total():
            with Basket() as basket:
                assert basket.total([1, 2]) == 3


        def test_total_of_nothing():
            with Basket() as basket:
                assert basket.total([]) == 0


        def test_count():
            with Basket() as basket:
                assert basket.count([1, 2]) == 2
        """,
}
PATH = "shop/basket.py"
_BODY, _CLASS = LineSpan(9, 10), LineSpan(1, 16)


class Trick(NamedTuple):
    """`edit` is the candidate; see tricks.toml for the rest."""

    name: str
    does: str
    caught_by: Literal["runs", "screen"]
    edit: Edit


def tricks() -> list[Trick]:
    told = tomllib.loads(Path(__file__).with_name("tricks.toml").read_text("utf-8"))
    found = []
    for name, trick in told.items():
        code = trick["code"].strip("\n")
        if trick.get("whole"):
            edit = Edit(PATH, _CLASS, tuple(code.split("\n")))
        else:
            lines = indent(code, " " * 8).split("\n")
            edit = Edit(PATH, _BODY, (*lines, "        result = 0"))
        found.append(Trick(name, trick["does"], trick["caught_by"], edit))
    return found
