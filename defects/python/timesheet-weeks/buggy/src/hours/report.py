"""Totals of a time sheet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from hours.entry import Entry
from hours.periods import PERIODS

Totals = dict[str, dict[str, timedelta]]


def totals(entries: Iterable[Entry], period: str) -> Totals:
    """How long was worked in each period on each project, as {period: {project: time}}.

    `period` is one of PERIODS. What was worked on a day counts for the period of that day.
    """
    name = PERIODS[period]
    found: Totals = {}
    for entry in entries:
        for day, length in entry.days():
            projects = found.setdefault(name(day), {})
            projects[entry.project] = projects.get(entry.project, timedelta()) + length
    return dict(sorted(found.items()))


def clock(length: timedelta) -> str:
    """Hours and minutes, `7:05`; hours go on counting beyond a day."""
    minutes = length // timedelta(minutes=1)
    return f"{minutes // 60}:{minutes % 60:02}"


def render(found: Totals) -> str:
    """A table with a line for each period and project, and a sum for each period."""
    lines = []
    for period, projects in found.items():
        lines.append(f"{period:<18}{clock(sum(projects.values(), timedelta())):>8}")
        lines += [f"  {project:<16}{clock(projects[project]):>8}" for project in sorted(projects)]
    return "\n".join(lines)
