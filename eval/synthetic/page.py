"""The results for people: a page of Markdown."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from synthetic.bugs import Bug
from synthetic.figures import (
    WITHIN,
    Comparison,
    Row,
    Share,
    Summary,
    by_bug,
    grouped,
    is_repaired,
    is_verified,
    rates,
)


@dataclass(frozen=True)
class Results:
    """One campaign's results file."""

    about: Mapping[str, Any]
    rows: Sequence[Row]

    @property
    def label(self) -> str:
        return str(self.about["label"])

    @property
    def limit(self) -> float:
        """Seconds for each repair."""
        return float(self.about["max_seconds"])


def page(
    campaigns: Sequence[Results],
    comparisons: Sequence[Comparison],
    bugs: Mapping[str, Bug],
    made_by: Mapping[str, Any],
) -> str:
    """The whole page. The first campaign is the one that leaves nothing out."""
    main = campaigns[0]
    parts = [
        "# The search on fresh synthetic bugs\n",
        *_opening(main, bugs, made_by),
        *_figures(main, bugs),
        *_where_it_stops(main.rows),
        *_comparisons(comparisons),
        *_how(campaigns, made_by),
    ]
    return "\n".join(parts)


def _opening(main: Results, bugs: Mapping[str, Bug], made_by: Mapping[str, Any]) -> Iterator[str]:
    packages = len({bug.package for bug in bugs.values()})
    yield _paragraph(
        f"{len(bugs)} bugs, each in a function of its own, in {packages} published packages",
        "(`eval/synthetic/`). repairlsp gets the package with the bug and a command that runs the",
        "failing test file; the judge has the package's whole suite. None of the functions shares",
        f"more than {made_by.get('most_overlap', 0):.0%} of its runs of five tokens with one of",
        "the text that the embedded model was trained on. Bugs by our own training operators are a",
        "friendlier question than those by mutmut and cosmic-ray, whose operators neither the fix",
        "templates nor the model were made from: both are given.",
    )
    every = Summary.of(main.rows)
    yield _paragraph(
        f"**{every.repaired.hits} of {every.bugs} repaired, {every.repaired}**, within",
        f"{main.limit:g} s: {every.correct} restore the original's syntax tree, {every.plausible}",
        "differ and pass the whole suite. Verified by the tests that repairlsp was given and",
        f"refuted by the whole suite: {every.overfit}.",
    )
    if len(main.rows) < len(bugs):
        yield _paragraph(
            f"Only {len(main.rows)} of the {len(bugs)} bugs have results, the first in their",
            "random order.",
        )
    yield "Intervals are of 95 %: Wilson's for shares, McNemar's exact test for pairs.\n"


def _figures(main: Results, bugs: Mapping[str, Bug]) -> Iterator[str]:
    rows = main.rows
    yield from _table(
        ("within", "verified", "repaired", "correct"),
        [
            (f"{seconds:g} s", *(_share(rows, kind, seconds) for kind in _KINDS))
            for seconds in WITHIN
            if seconds <= main.limit
        ],
    )
    for title, field in (("bugs by", "source"), ("family", "family"), ("package", "package")):
        yield from _summaries(title, grouped(rows, by_bug(field, bugs)))
    yield _paragraph(
        "*s*: median seconds from the request to the reported patch; *rank*: median place of the",
        "first verified candidate among those validated; both of the repaired bugs.",
    )
    yield "## Where patches came from\n"
    verified = [row for row in rows if is_verified(row)]
    yield from _summaries("source", grouped(verified, lambda row: str(row["source"])))
    overfit = [sum(row[key] == "overfit" for row in verified) for key in _VERDICTS]
    marked = [row for row in verified if row["cautions"]]
    yield _paragraph(
        f"Of the first verified patches {overfit[0]} are overfit, of the reported ones",
        f"{overfit[1]}: where something speaks against the first the search goes on for a while.",
        f"Of the reported ones {len(marked)} are marked with a caution, and",
        f"{sum(row['verdict'] == 'overfit' for row in marked)} of those are overfit.",
    )


_VERDICTS = ("first_verdict", "verdict")

_KINDS = ("verified", "repaired", "correct")


def _share(rows: Sequence[Row], kind: str, seconds: float) -> str:
    test = {"verified": is_verified, "repaired": is_repaired, "correct": is_correct}[kind]
    return str(Share.of(sum(test(row, seconds) for row in rows), len(rows)))


def is_correct(row: Row, within: float) -> bool:
    return is_repaired(row, within) and row["verdict"] == "correct"


def _where_it_stops(rows: Sequence[Row]) -> Iterator[str]:
    """What became of the rest, where faults were found, how fast candidates were checked."""
    yield "## Where it stops\n"
    left = [row for row in rows if not is_repaired(row)]
    unseen = sum(row["function_rank"] is None for row in left)
    reasons = Counter("overfit" if is_verified(row) else _reason(row) for row in left)
    yield _paragraph(
        f"{len(left)} not repaired: {_counted(reasons)}. In {unseen} of them the faulty function",
        "is not among the reported locations.",
    )
    yield from _table(
        ("among the reported locations", "first", "first 5", "first 20"),
        [
            (what, *(_at_most(rows, key, rank) for rank in (1, 5, 20)))
            for what, key in (("faulty line", "line_rank"), ("its function", "function_rank"))
        ],
    )
    if speeds := rates(rows):
        yield _paragraph(
            f"Candidates validated per second of that stage: median {median(speeds):.1f}, from",
            f"{min(speeds):.1f} to {max(speeds):.1f} (bugs with ten candidates or more).",
        )
    ways: Counter[str] = Counter()
    for row in rows:
        ways.update(row["counts"])
    yield _paragraph(f"Candidates in all: {_counted(ways)}.")


def _reason(row: Row) -> str:
    return str(row["why"]).partition(":")[0]


def _at_most(rows: Sequence[Row], key: str, rank: int) -> str:
    return str(Share.of(sum((row[key] or rank + 1) <= rank for row in rows), len(rows)))


def _comparisons(comparisons: Sequence[Comparison]) -> Iterator[str]:
    if not comparisons:
        return
    yield "## What each part is worth\n"
    yield _paragraph(
        "The same bugs with and without a part, within the shorter of both limits. *only with* and",
        "*only without* count the bugs that one of the two repaired.",
    )
    yield from _table(
        ("left out", "bugs", "s", "with", "without", "only with", "only without", "p"),
        [
            (
                one.label.removeprefix("without "),
                str(one.bugs),
                f"{one.seconds:g}",
                str(one.first),
                str(one.second),
                str(one.only_first),
                str(one.only_second),
                f"{one.p:.2g}",
            )
            for one in comparisons
        ],
    )


def _how(campaigns: Sequence[Results], made_by: Mapping[str, Any]) -> Iterator[str]:
    yield "## How it was made and run\n"
    tools = ", ".join(made_by.get("tools", ()))
    yield f"- suite: `{made_by.get('command')}` ({tools})"
    for results in campaigns:
        load = median(row["load"] for row in results.rows)
        commits = ", ".join(sorted({row["commit"] for row in results.rows}))
        yield f"- {results.label}: `{results.about.get('command')}`, {len(results.rows)} bugs;"
        yield f"  one-minute load {load:.1f} (median); repairlsp {commits}"
    machine = campaigns[0].about["machine"]
    yield f"- {machine['cores']} cores of {machine['cpu']}, {machine['memory_gib']} GiB,"
    libraries = (f"{name} {number}" for name, number in machine["libraries"].items())
    yield f"  {machine['system']}, Python {machine['python']}, {', '.join(libraries)}"
    yield ""


def _summaries(title: str, groups: Mapping[str, Summary]) -> Iterator[str]:
    yield from _table(
        (title, "bugs", "repaired", "correct", "plausible", "overfit", "s", "rank"),
        [
            (
                name,
                str(one.bugs),
                str(one.repaired),
                str(one.correct),
                str(one.plausible),
                str(one.overfit),
                "-" if one.seconds is None else f"{one.seconds:.1f}",
                "-" if one.rank is None else f"{one.rank:g}",
            )
            for name, one in groups.items()
        ],
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"| --- |{' ---: |' * (len(head) - 1)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""


def _paragraph(*texts: str) -> str:
    return textwrap.fill(" ".join(texts), 100, break_on_hyphens=False) + "\n"


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {what}" for what, count in counts.most_common()) or "none"
