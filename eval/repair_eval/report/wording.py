"""How figures are written. What is not known is a dash, never a zero."""

from __future__ import annotations

from repair_eval.measures.proportion import Interval, Share

MISSING = "–"  # noqa: RUF001 (an en dash, as tables have it)
_GIB = 2**30
_MIB = 2**20


def percent(value: float | None) -> str:
    """A share, with one digit below 10 %."""
    if value is None:
        return MISSING
    digits = 1 if 0 < value < 0.0995 else 0
    return f"{value:.{digits}%}"


def between(interval: Interval | None) -> str:
    """An interval of shares, empty where there is none."""
    return f"{interval.low * 100:.0f}-{interval.high * 100:.0f}" if interval else ""


def points(value: float | None) -> str:
    """A difference of shares in percentage points, with its sign."""
    if value is None:
        return MISSING
    rounded = round(value * 100)
    return f"{rounded:+d}" if rounded else "0"


def gap(value: float | None, interval: Interval | None) -> str:
    """The same with its interval."""
    if interval is None:
        return points(value)
    return f"{points(value)} ({points(interval.low)} to {points(interval.high)})"


def share(found: Share) -> str:
    """Hits, trials, and the interval."""
    if not found.trials:
        return MISSING
    return f"{percent(found.value)} ({between(found.interval)})"


def number(value: float | None) -> str:
    """About three digits."""
    if value is None:
        return MISSING
    if value == 0 or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}" if abs(value) >= 0.01 else f"{value:.2g}"


def size(value: float | None) -> str:
    """Bytes as MiB or GiB."""
    if value is None:
        return MISSING
    return f"{value / _GIB:.1f} GiB" if value >= _GIB else f"{value / _MIB:.0f} MiB"


def counted(number: int, noun: str) -> str:
    """How many there are of something."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def probability(value: float) -> str:
    """A p-value."""
    return "< 0.001" if value < 0.001 else f"{value:.3f}"
