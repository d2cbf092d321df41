"""What a campaign's results say, as numbers: shares with their intervals, medians, comparisons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, NamedTuple

from repair_eval.measures.mcnemar import mcnemar
from repair_eval.measures.proportion import Interval, wilson

from synthetic.bugs import Bug

Row = Mapping[str, Any]
"""What became of one bug, as a campaign stores it."""

WITHIN = (5.0, 10.0, 30.0, 60.0)


class Share(NamedTuple):
    """`hits` of `trials`, with the 95 % interval of their ratio."""

    hits: int
    trials: int
    interval: Interval

    @classmethod
    def of(cls, hits: int, trials: int) -> Share:
        return cls(hits, trials, wilson(hits, trials))

    def __str__(self) -> str:
        if not self.trials:
            return "-"
        low, high = self.interval
        return f"{self.hits / self.trials:.0%} ({low:.0%}-{high:.0%})"


@dataclass(frozen=True)
class Summary:
    """Some bugs and what became of them. A bug is repaired when a patch was verified that the
    judge did not refute; `overfit` ones were verified and are not repaired."""

    bugs: int
    repaired: Share
    correct: int
    plausible: int
    overfit: int
    seconds: float | None
    rank: float | None

    @classmethod
    def of(cls, rows: Sequence[Row]) -> Summary:
        counts = {
            verdict: sum(row["verdict"] == verdict for row in rows)
            for verdict in ("correct", "plausible", "overfit")
        }
        found = [row for row in rows if is_repaired(row)]
        return cls(
            bugs=len(rows),
            repaired=Share.of(len(found), len(rows)),
            **counts,
            seconds=median(row["found_seconds"] for row in found) if found else None,
            rank=median(row["rank"] for row in found) if found else None,
        )


def is_repaired(row: Row, within: float = float("inf")) -> bool:
    """Whether a patch that the judge accepts was verified in that many seconds."""
    return row["verdict"] in ("correct", "plausible") and row["found_seconds"] <= within


def is_verified(row: Row, within: float = float("inf")) -> bool:
    """Whether a patch passed the tests that repairlsp was given, whatever the judge says of it."""
    return bool(row["verdict"] != "none" and row["found_seconds"] <= within)


def grouped(rows: Sequence[Row], key: Callable[[Row], str]) -> dict[str, Summary]:
    """A summary for each value of `key`, the largest groups first."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    ordered = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    return {name: Summary.of(group) for name, group in ordered}


def by_bug(field: str, bugs: Mapping[str, Bug]) -> Callable[[Row], str]:
    """A key for `grouped`: a field of the row's bug."""
    return lambda row: str(getattr(bugs[row["bug"]], field))


def within(rows: Sequence[Row], limit: float) -> dict[float, Share]:
    """The share of bugs repaired in 5, 10, 30 and 60 s, as far as the limit goes."""
    return {
        seconds: Share.of(sum(is_repaired(row, seconds) for row in rows), len(rows))
        for seconds in WITHIN
        if seconds <= limit
    }


def rates(rows: Sequence[Row]) -> list[float]:
    """Candidates validated per second of the stage, for each bug that had ten or more."""
    return [
        row["counts"]["validated"] / row["stage_seconds"]["validate"]
        for row in rows
        if row["counts"].get("validated", 0) >= 10 and row["stage_seconds"].get("validate")
    ]


class Comparison(NamedTuple):
    """Two configurations on the same bugs, each within `seconds`."""

    label: str
    bugs: int
    seconds: float
    first: Share
    second: Share
    only_first: int
    only_second: int
    p: float


def compare(label: str, first: Sequence[Row], second: Sequence[Row], seconds: float) -> Comparison:
    """Paired by bug; bugs that only one of them has results for are left out."""
    left = {row["bug"]: is_repaired(row, seconds) for row in first}
    right = {row["bug"]: is_repaired(row, seconds) for row in second}
    both = sorted(left.keys() & right.keys())
    only_first = sum(left[bug] and not right[bug] for bug in both)
    only_second = sum(right[bug] and not left[bug] for bug in both)
    return Comparison(
        label=label,
        bugs=len(both),
        seconds=seconds,
        first=Share.of(sum(left[bug] for bug in both), len(both)),
        second=Share.of(sum(right[bug] for bug in both), len(both)),
        only_first=only_first,
        only_second=only_second,
        p=mcnemar(only_first, only_second),
    )
