#!/usr/bin/env python3
"""Is the right patch among the templates' candidates, and near the front? No model is asked.

    python eval/bench/templates.py --count 400 --output eval/results/templates.md

Single bugs in functions of installed packages that neither the model nor the priors were fitted on
(see `planted.py`), drawn by how often their kinds occur in practice. Nothing is marked beyond the
function, so these are ranks within a function, as when only coverage accuses it. Times are of this
process's CPU. Needs the extra `[train]`.
"""

from __future__ import annotations

import argparse
import math
import platform
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from planted import Bug, places, plant

from repairlsp.generate import templates
from repairlsp.training import settings
from repairlsp.training.evaluate import Interval

TOPS = (1, 5, 20, 60, 200, 1000)


class Row(NamedTuple):
    """What the templates had for one bug. `rank` counts from 1, None where the fix is missing."""

    family: str
    expressible: bool
    rank: int | None
    template: str
    candidates: int
    seconds: float
    first_seconds: float
    lines: int


def measure(bug: Bug, limit: int) -> Row:
    begun = time.process_time()
    first, spent, rank, template, count = 0.0, 0.0, None, "", 0
    proposed = templates.propose(bug.source, bug.context, limit=limit)
    while True:
        candidate = next(proposed, None)
        spent += time.process_time() - begun
        if candidate is None:
            break
        first = first or spent
        count += 1
        if rank is None and bug.is_fixed_by(candidate):
            rank, template = count, candidate.source.removeprefix("template:")
        begun = time.process_time()
    lines = bug.span.end - bug.span.start
    return Row(bug.family, bug.expressible, rank, template, count, spent, first, lines)


def percentile(values: Iterable[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else math.nan


def report(rows: Sequence[Row], limit: int, default: int, command: str) -> str:
    expressible = [row for row in rows if row.expressible]
    lines = [
        "# Fix templates on planted bugs",
        "",
        f"    {command}",
        "",
        __doc__.split("\n\n")[2].replace("\n", " "),
        "",
        "| fix among the first | all bugs | where its words are in the file |",
        "|---|---|---|",
    ]
    lines += [
        f"| {top:,} | {_reach(rows, top)} | {_reach(expressible, top)} |"
        for top in (*TOPS, default, limit)
    ]
    counts = [row.candidates for row in rows]
    seconds, total = sum(row.seconds for row in rows), sum(counts)
    first = [1000 * row.first_seconds for row in rows]
    lines += [
        "",
        f"{len(rows)} bugs, {len(expressible)} of them with a fix whose words are all in the file"
        " (95 % Wilson intervals).",
        f"Candidates per function: median {percentile(counts, 0.5):,},"
        f" 90th percentile {percentile(counts, 0.9):,}.",
        f"CPU: {1000 * seconds / total:.2f} s per 1,000 candidates; the first one after"
        f" {percentile(first, 0.5):.0f} ms in the median, {percentile(first, 0.9):.0f} ms at the"
        " 90th percentile.",
        "",
        f"| bug | count | among {default:,} | among {limit:,} | rank: median | 75 % | 90 % |",
        "|---|---|---|---|---|---|---|",
    ]
    by_family: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_family[row.family].append(row)
    for family, found in sorted(by_family.items()):
        ranks = [row.rank or math.inf for row in found]
        cells = [_rank(percentile(ranks, share)) for share in (0.5, 0.75, 0.9)]
        hits = [sum(rank <= top for rank in ranks) for top in (default, limit)]
        shares = [f"{hit / len(found):.0%}" for hit in hits]
        lines.append(f"| {family} | {len(found)} | {' | '.join([*shares, *cells])} |")
    lines += ["", "| fixed by template | bugs |", "|---|---|"]
    fixes: dict[str, int] = defaultdict(int)
    for row in rows:
        fixes[row.template or "none"] += 1
    ordered = sorted(fixes.items(), key=lambda item: -item[1])
    lines += [f"| {name} | {count} |" for name, count in ordered]
    lines += ["", f"{platform.machine()}, Python {platform.python_version()}."]
    return "\n".join(lines) + "\n"


def _reach(rows: Sequence[Row], top: int) -> str:
    hits = sum(row.rank is not None and row.rank <= top for row in rows)
    interval = Interval.of(hits, len(rows))
    return f"{interval.share:.0%} ({100 * interval.low:.0f}-{100 * interval.high:.0f})"


def _rank(value: float) -> str:
    return "-" if math.isinf(value) else f"{value:.0f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=400)
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--limit", type=int, default=10_000, help="stands for no limit")
    parser.add_argument("--packages", nargs="*", help="default: those held out from training")
    parser.add_argument("--output", type=Path)
    options = parser.parse_args()
    packages = options.packages or settings.load().corpus.held_out
    bugs = plant(places(packages), options.count, options.seed)
    rows = [measure(bug, options.limit) for bug in bugs]
    command = f"python eval/bench/templates.py --count {options.count} --seed {options.seed}"
    text = report(rows, options.limit, templates.LIMIT, command)
    print(text)
    if options.output:
        options.output.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
