"""`repair-eval compare A B`: two configurations, or all that two runs share, defect by defect."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from repair_eval.cli.report import add_reading
from repair_eval.measures import Comparison, Results, compare_two, results_of
from repair_eval.measures.cost import BreakEven, break_even, cost
from repair_eval.measures.prices import Prices, read_prices
from repair_eval.report.part import part
from repair_eval.report.wording import gap, number, probability, share
from repair_eval.store import read_run
from repairlsp.errors import UsageError

SCHEMA_VERSION = 1
Pair = tuple[Results, Results]


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    for name in ("first", "second"):
        parser.add_argument(
            name,
            metavar="RUN[:CONFIGURATION]",
            help="a run; with several configurations, name one, or compare all of the same names",
        )
    parser.add_argument("--json", action="store_true", help="print JSON")
    add_reading(parser)


def run(args: argparse.Namespace) -> int:
    """Always 0: a difference is no failure."""
    prices = read_prices(args.prices)
    pairs = _pairs(args.first, args.second, args.only)
    comparisons = compare_two(pairs)
    crossings = [_crossing(pair, prices) for pair in pairs]
    if args.json:
        found = [
            {**one._asdict(), "break_even": asdict(at) if at else None}
            for one, at in zip(comparisons, crossings, strict=True)
        ]
        print(json.dumps({"schema_version": SCHEMA_VERSION, "comparisons": found}, indent=2))
        return 0
    for one, at in zip(comparisons, crossings, strict=True):
        print("\n".join(_lines(one, at, len(comparisons))))
    return 0


def _pairs(first: str, second: str, only: Sequence[str]) -> list[Pair]:
    """One pair where each side is one configuration, else those of equal names."""
    left, right = _side(first, "A", only), _side(second, "B", only)
    if len(left) == len(right) == 1:
        return [(left[0], right[0])]
    by_name = {one.configuration.name: one for one in right}
    pairs = [
        (one, by_name[one.configuration.name])
        for one in left
        if one.configuration.name in by_name and not one.is_control
    ]
    if not pairs or first == second:
        known = ", ".join(dict.fromkeys(one.configuration.name for one in (*left, *right)))
        raise UsageError(
            f"{first} and {second} have no two configurations to compare",
            f"name one of each, as in RUN:NAME; there are {known}",
        )
    return pairs


def _side(text: str, letter: str, only: Sequence[str]) -> list[Results]:
    """The configurations that an argument names, called so that both sides can be told apart."""
    file, _, wanted = (text, "", "") if Path(text).is_file() else text.rpartition(":")
    path = Path(file or wanted)
    found = list(results_of([(path.stem, part(read_run(path), only))]))
    if file and wanted:
        found = [one for one in found if one.configuration.name == wanted]
        if not found:
            raise UsageError(f"{path} has no configuration {wanted!r}")
    return [
        Results(f"{letter} {one.name}", one.run, one.configuration, one.attempts) for one in found
    ]


def _crossing(pair: Pair, prices: Prices) -> BreakEven | None:
    first, second = (cost(one, prices) for one in pair)
    if first is None or second is None:
        return None
    return break_even((pair[0].name, first), (pair[1].name, second))


def _lines(one: Comparison, at: BreakEven | None, tests: int) -> Iterator[str]:
    first, second = one.shares
    yield f"{one.first}: {first.hits} of {first.trials} repaired, {share(first)}"
    yield f"{one.second}: {second.hits} of {second.trials} repaired, {share(second)}"
    yield f"difference: {gap(one.difference, one.interval)} percentage points"
    yield f"both repair {one.both_repaired}, neither {one.neither}"
    for name, only in ((one.first, one.only_first), (one.second, one.only_second)):
        yield f"only {name}: {len(only)}"
        yield from (f"  {defect}" for defect in only)
    yield f"exact McNemar test: p {_p(one.p)}" + (
        f"; {_p(one.adjusted)} after Holm's correction for {tests} tests" if tests > 1 else ""
    )
    yield _said(at)
    yield ""


def _p(value: float) -> str:
    text = probability(value)
    return text if text.startswith("<") else f"= {text}"


def _said(at: BreakEven | None) -> str:
    if at is None:
        return "break-even: not known, for one of the two has no price"
    if at.attempts is None:
        return "break-even: none, both cost the same"
    if not at.attempts:
        return f"break-even: none, {at.cheaper} is always cheaper"
    beyond = ", which is more than one machine makes" if at.beyond_capacity else ""
    return (
        f"break-even: {at.cheaper} is cheaper above {number(at.attempts)} attempts a month{beyond}"
    )
