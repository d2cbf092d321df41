"""`--markdown`: the tables, for a repository or a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from repair_eval.report.evaluation import Evaluation
from repair_eval.report.facets import FACETS, facet
from repair_eval.report.leaderboard import Column
from repair_eval.report.tables import best, groups, heading, unmeasured
from repair_eval.report.wording import MISSING, counted, gap, number, probability, share

_SPECIAL = re.compile(r"([\\`*_\[\]<>|&])")


def markdown(evaluation: Evaluation) -> str:
    """The whole page."""
    return "\n".join(_lines(evaluation))


def _lines(evaluation: Evaluation) -> Iterator[str]:
    yield "# Repair evaluation\n"
    for note in evaluation.notes:
        yield f"- {_escape(note)}"
    if evaluation.notes:
        yield ""
    for title, columns in groups(evaluation.summaries).items():
        yield f"## {title}\n"
        yield from _leaderboard(evaluation, columns)
    if missing := unmeasured(evaluation.summaries):
        yield f"Not measured in these runs: {', '.join(missing)}.\n"
    money = evaluation.prices
    yield (
        f"Intervals are of 95 %. Costs in {_escape(money.currency)}, with"
        f" {money.attempts_per_month:,} attempts a month ({_escape(money.note)}).\n"
    )
    yield from _comparisons(evaluation)
    yield from _crossings(evaluation)
    yield from _facets(evaluation)
    yield from _how(evaluation)


def _leaderboard(evaluation: Evaluation, columns: Sequence[Column]) -> Iterator[str]:
    rows = []
    for summary in evaluation.summaries:
        row = [_escape(summary.name)]
        for column in columns:
            cell = column.cell(summary)
            text = _escape(cell.text)
            top = best(column, evaluation.contestants)
            if cell.value is not None and cell.value == top and not summary.results.is_control:
                text = f"**{text}**"
            row.append(f"{text} ({_escape(cell.detail)})" if cell.detail else text)
        rows.append(row)
    titles = [heading(one, evaluation.prices) for one in columns]
    yield from _table(["configuration", *titles], rows)


def _comparisons(evaluation: Evaluation) -> Iterator[str]:
    if not evaluation.comparisons:
        return
    yield "## Paired comparisons\n"
    yield "Exact McNemar tests on the defects that only one repairs, after Holm's correction.\n"
    head = ["first", "second", "defects", "first repairs", "second repairs", "difference, points"]
    rows = []
    for one in sorted(evaluation.comparisons, key=lambda one: one.p):
        rates = map(share, one.shares)
        names = (_escape(one.first), _escape(one.second), str(one.defects))
        apart = gap(one.difference, one.interval)
        only = (str(len(one.only_first)), str(len(one.only_second)))
        rows.append([*names, *rates, apart, *only, probability(one.p), probability(one.adjusted)])
    yield from _table([*head, "only first", "only second", "p", "p, Holm"], rows)


def _crossings(evaluation: Evaluation) -> Iterator[str]:
    if not evaluation.crossings:
        return
    yield "## Break-even volumes\n"
    rows = []
    for one in evaluation.crossings:
        at = one.at
        volume = MISSING if at.attempts is None else number(at.attempts)
        beyond = "yes" if at.beyond_capacity else ""
        rows.append([*map(_escape, (one.first, one.second, at.cheaper)), volume, beyond])
    head = ["first", "second", "cheaper above", "attempts a month", "more than one machine makes"]
    yield from _table(head, rows)


def _facets(evaluation: Evaluation) -> Iterator[str]:
    shown = evaluation.contestants or evaluation.summaries
    names = [_escape(one.name) for one in shown]
    for title in FACETS:
        yield f"## Repaired by {title}\n"
        rows = []
        for value, defects, cells in facet(title, evaluation.subjects, shown):
            counts = (f"{hits}/{tries}" if tries else MISSING for hits, tries in cells)
            rows.append([_escape(value), str(defects), *counts])
        yield from _table([title, "defects", *names], rows)


def _how(evaluation: Evaluation) -> Iterator[str]:
    yield "## Runs\n"
    for run in evaluation.runs:
        machine = run.machine
        versions = ", ".join(f"{name} {version}" for name, version in run.versions.items())
        yield (
            f"- {_escape(run.id)}, {run.created}: `{run.command.replace('`', '')}`;"
            f" suite {_escape(run.suite)} (SHA-256 {run.suite_hash[:12]}), seed {run.seed},"
            f" {counted(run.repeats, 'attempt')} each; {_escape(machine.label)}:"
            f" {machine.cores} cores of {_escape(machine.processor)},"
            f" {machine.memory_bytes / 2**30:.0f} GiB, {_escape(machine.system)};"
            f" {_escape(versions)}"
        )
    yield ""


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"| --- |{' ---: |' * (len(head) - 1)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""


def _escape(text: str) -> str:
    """Names and messages are texts, never markup."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
