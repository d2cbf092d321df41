"""All measures of one configuration."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from repair_eval.measures.cost import Cost, cost, thousand_repairs
from repair_eval.measures.edits import Edits, edits
from repair_eval.measures.energy import Energy, energy
from repair_eval.measures.footprint import Footprint, footprint
from repair_eval.measures.likeness import Likeness, likeness
from repair_eval.measures.localization import localization
from repair_eval.measures.outcome import (
    Outcome,
    outcomes,
    overfitting,
    plausible,
    repaired,
)
from repair_eval.measures.pass_at_k import PassAtK, curve
from repair_eval.measures.prices import Prices
from repair_eval.measures.proportion import Share
from repair_eval.measures.results import Results
from repair_eval.measures.speed import Speed, speed


@dataclass(frozen=True)
class Summary:
    """See the file of each measure. `cost` is None where the price table has no row for it;
    `thousand_attempts` and `thousand_repairs` are in the table's currency, `co2_grams` of an
    attempt."""

    results: Results
    outcomes: Counter[Outcome]
    repaired: Share
    plausible: Share
    overfitting: Share
    pass_at_k: tuple[PassAtK, ...]
    likeness: Likeness
    localization: dict[int, Share] | None
    edits: Edits
    speed: Speed
    footprint: Footprint
    energy: Energy | None
    co2_grams: float | None
    cost: Cost | None
    thousand_attempts: float | None
    thousand_repairs: float | None

    @property
    def name(self) -> str:
        """The name of the configuration, unique in a report."""
        return self.results.name


def summarize(results: Results, prices: Prices) -> Summary:
    """Measure everything."""
    priced, read = cost(results, prices), energy(results)
    return Summary(
        results=results,
        outcomes=outcomes(results),
        repaired=repaired(results),
        plausible=plausible(results),
        overfitting=overfitting(results),
        pass_at_k=curve(results),
        likeness=likeness(results),
        localization=localization(results),
        edits=edits(results),
        speed=speed(results),
        footprint=footprint(results),
        energy=read,
        co2_grams=read.co2_grams(prices.co2_grams_per_kwh) if read else None,
        cost=priced,
        thousand_attempts=priced.thousand(prices.attempts_per_month) if priced else None,
        thousand_repairs=thousand_repairs(results, priced, prices) if priced else None,
    )
