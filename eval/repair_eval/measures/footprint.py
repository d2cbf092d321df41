"""Memory and files."""

from __future__ import annotations

from typing import NamedTuple

from repair_eval.measures.results import Results
from repair_eval.measures.spread import Spread


class Footprint(NamedTuple):
    """`peak`: bytes resident at the peak of an attempt, of the model and what generates; None where
    the model runs elsewhere. `model_bytes`: of the model's files."""

    peak: Spread | None
    model_bytes: int | None


def footprint(results: Results) -> Footprint:
    """Of the attempts in which the machinery held."""
    return Footprint(
        Spread.of(one.peak_bytes for one in results.done), results.configuration.model_bytes
    )
