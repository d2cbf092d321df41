"""What the plots show: points, lines and ticks, as numbers that the template draws."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from repair_eval.measures import Summary
from repair_eval.report.evaluation import Evaluation
from repair_eval.report.html.scale import Scale, amounts
from repair_eval.report.wording import number, percent

WIDTH, HEIGHT = 460, 300
_GIB = 2**30
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 444, 14, 258
_NUMBER = 9
"""The radius of a configuration's number, with a little room."""


class Tick(NamedTuple):
    at: float
    text: str


class Point(NamedTuple):
    """`key` is the number of the configuration in the leaderboard; `low` and `high` are the ends of
    the interval; `front`: nothing is better on both axes."""

    key: int
    x: float
    y: float
    low: float
    high: float
    front: bool
    title: str


@dataclass(frozen=True)
class Plot:
    """`front` are the corners of the Pareto front as an SVG path. `left_out` are configurations
    without a value, by name. `log`: the x axis is logarithmic."""

    title: str
    x_label: str
    points: tuple[Point, ...]
    front: str
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    left_out: tuple[str, ...]
    log: bool


class Curve(NamedTuple):
    """A line of pass@k; `band` is its interval, as an SVG path. `label_y` is where its number
    goes, beside the end of the line and beneath or above those of others."""

    key: int
    name: str
    line: str
    band: str
    points: tuple[Point, ...]
    label_y: float = 0.0


@dataclass(frozen=True)
class Curves:
    """pass@k by k; the numbers of the lines are at `label_x`."""

    curves: tuple[Curve, ...]
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    label_x: float = _RIGHT - _NUMBER


class _Axis(NamedTuple):
    title: str
    label: str
    value: Callable[[Summary], float | None]


def _axes(currency: str) -> Sequence[_Axis]:
    return (
        _Axis(
            "Memory",
            "GiB of peak memory",
            lambda one: one.footprint.peak.median / _GIB if one.footprint.peak else None,
        ),
        _Axis(
            "Time",
            "seconds of an attempt, median",
            lambda one: one.speed.attempt.median if one.speed.attempt else None,
        ),
        _Axis(
            "Energy",
            "joules of an attempt, mean",
            lambda one: one.energy.joules if one.energy else None,
        ),
        _Axis(
            "Cost",
            f"{currency} for 1,000 attempts",
            lambda one: one.thousand_attempts,
        ),
    )


def pareto(evaluation: Evaluation) -> list[Plot]:
    """Repair rate against memory, time, energy and cost; controls are left out."""
    return [_plot(axis, evaluation) for axis in _axes(evaluation.prices.currency)]


def _plot(axis: _Axis, evaluation: Evaluation) -> Plot:
    keyed = list(enumerate(evaluation.contestants, 1))
    known = [
        (key, one, x, y)
        for key, one in keyed
        if (x := axis.value(one)) is not None and (y := one.repaired.value) is not None
    ]
    placed = {key for key, *_ in known}
    left_out = tuple(one.name for key, one in keyed if key not in placed)
    if not known:
        return Plot(axis.title, axis.label, (), "", (), (), left_out, False)
    across = amounts([x for *_, x, _ in known], _LEFT, _RIGHT)
    up = _rates([one.repaired.interval.high for _, one, *_ in known])
    front = pareto_front([(x, y) for *_, x, y in known])
    points = tuple(
        Point(
            key,
            across.at(x),
            up.at(y),
            up.at(one.repaired.interval.low),
            up.at(one.repaired.interval.high),
            (x, y) in front,
            f"{one.name}: {percent(y)} repaired, {number(x)} {axis.label}",
        )
        for key, one, x, y in known
    )
    corners = [(across.at(x), up.at(y)) for x, y in front]
    return Plot(
        axis.title,
        axis.label,
        points,
        _steps(corners),
        tuple(Tick(across.at(value), number(value)) for value in across.ticks()),
        tuple(Tick(up.at(value), percent(value)) for value in up.ticks()),
        left_out,
        across.log,
    )


def pareto_front(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The points (cost, rate) that no other beats, from the cheapest: none has a higher rate at the
    same cost or less, or the same rate at less."""
    front: list[tuple[float, float]] = []
    for x, y in sorted(set(points), key=lambda point: (point[0], -point[1])):
        if not front or y > front[-1][1]:
            front.append((x, y))
    return front


def curves(evaluation: Evaluation) -> Curves | None:
    """pass@k of every contestant; None where it can be told for one k at most."""
    shown = [(key, one) for key, one in enumerate(evaluation.contestants, 1) if one.pass_at_k]
    ks = sorted({each.k for _, one in shown for each in one.pass_at_k})
    if len(ks) < 2:
        return None
    across = Scale(0.8, max(ks), _LEFT, _RIGHT - 4 * _NUMBER, log=True)
    tops = [
        each.interval.high if each.interval else each.value
        for _, one in shown
        for each in one.pass_at_k
    ]
    up = _rates(tops)
    drawn = [_curve(key, one, across, up) for key, one in shown]
    places = apart([one.points[-1].y for one in drawn], 2 * _NUMBER, _TOP, _BOTTOM - _NUMBER)
    return Curves(
        tuple(one._replace(label_y=place) for one, place in zip(drawn, places, strict=True)),
        tuple(Tick(across.at(k), str(k)) for k in ks),
        tuple(Tick(up.at(value), percent(value)) for value in up.ticks()),
    )


def _curve(key: int, summary: Summary, across: Scale, up: Scale) -> Curve:
    points = []
    for one in summary.pass_at_k:
        low, high = one.interval or (one.value, one.value)
        title = f"{summary.name}: pass@{one.k} {percent(one.value)}"
        places = (across.at(one.k), up.at(one.value), up.at(low), up.at(high))
        points.append(Point(key, *places, False, title))
    above = [(point.x, point.high) for point in points]
    below = [(point.x, point.low) for point in reversed(points)]
    return Curve(
        key,
        summary.name,
        _path([(point.x, point.y) for point in points]),
        _path([*above, *below]) + "Z",
        tuple(points),
    )


def apart(places: Sequence[float], distance: float, low: float, high: float) -> list[float]:
    """The places, moved as far as needed to be `distance` from each other, in their order and
    between `low` and `high`; nearer to each other where there is no room."""
    order = sorted(range(len(places)), key=lambda at: places[at])
    distance = min(distance, (high - low) / max(len(places) - 1, 1))
    found = list(places)
    floor = low
    for at in order:  # down from the top
        found[at] = max(found[at], floor)
        floor = found[at] + distance
    ceiling = high
    for at in reversed(order):  # and those that went too far, up again
        found[at] = min(found[at], ceiling)
        ceiling = found[at] - distance
    return [round(place, 1) for place in found]


def _rates(highs: Sequence[float]) -> Scale:
    """From 0 to a little over the highest interval, at most to 100 %."""
    return Scale(0.0, min(1.0, max(0.05, max(highs) * 1.05)), _BOTTOM, _TOP)


def _path(corners: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in corners)


def _steps(corners: Sequence[tuple[float, float]]) -> str:
    """From corner to corner by right angles: between two points there is nothing better."""
    (x, y), *others = corners
    path = f"M{x} {_BOTTOM}V{y}"
    for x, y in others:
        path += f"H{x}V{y}"
    return f"{path}H{_RIGHT}"
