"""Names of the periods that a report adds up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date


def day_name(day: date) -> str:
    return day.isoformat()


def week_name(day: date) -> str:
    """The ISO week of a day, as `2024-W19`. Weeks begin on Monday."""
    return f"{day:%G-W%V}"


def month_name(day: date) -> str:
    return f"{day:%Y-%m}"


PERIODS: dict[str, Callable[[date], str]] = {
    "day": day_name,
    "week": week_name,
    "month": month_name,
}
