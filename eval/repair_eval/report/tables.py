"""The tables that compare configurations: which columns each has, and what is best in one."""

from __future__ import annotations

from collections.abc import Sequence

from repair_eval.measures import Summary
from repair_eval.measures.prices import Prices
from repair_eval.report.leaderboard import COLUMNS, Column, Group


def groups(summaries: Sequence[Summary]) -> dict[Group, list[Column]]:
    """The tables in their order, with the columns that some configuration has a value for."""
    found: dict[Group, list[Column]] = {}
    for column in COLUMNS:
        if _is_measured(column, summaries):
            found.setdefault(column.group, []).append(column)
    return found


def unmeasured(summaries: Sequence[Summary]) -> list[str]:
    """The titles of the other columns: nothing that was measured is left out silently."""
    return [column.title for column in COLUMNS if not _is_measured(column, summaries)]


def heading(column: Column, prices: Prices) -> str:
    """A column's title, with the currency where it is about money."""
    return f"{column.title}, {prices.currency}" if column.key.startswith("cost_") else column.title


def best(column: Column, contestants: Sequence[Summary]) -> float | None:
    """The best value among those that compete; None where none is better than another."""
    values = {v for one in contestants if (v := column.cell(one).value) is not None}
    if not column.better or len(values) < 2:
        return None
    return max(values) if column.better == "high" else min(values)


def _is_measured(column: Column, summaries: Sequence[Summary]) -> bool:
    """Whether it says something of a configuration that competes, or of a control where none
    does. The first column of the leaderboard always stays."""
    competing = [one for one in summaries if not one.results.is_control] or summaries
    return column is COLUMNS[0] or any(column.cell(one).value is not None for one in competing)
