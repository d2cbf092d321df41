"""Joules, and the CO2 of making them."""

from __future__ import annotations

from typing import NamedTuple

from repair_eval.measures.results import Results
from repair_eval.record import JOULES_PER_KWH


class Energy(NamedTuple):
    """`joules` of an attempt in the mean over the `attempts` with a reading. `source` says whose
    reading it is: `rapl` is a counter of the processor's packages, `codecarbon` an estimate."""

    joules: float
    attempts: int
    source: str

    def co2_grams(self, grams_per_kwh: float) -> float:
        """Of an attempt, with electricity of that intensity."""
        return self.joules / JOULES_PER_KWH * grams_per_kwh


def energy(results: Results) -> Energy | None:
    """None where nothing was read."""
    read = [one for one in results.done if one.joules is not None]
    if not read:
        return None
    sources = sorted({one.energy_source or "unknown" for one in read})
    joules = sum(one.joules or 0.0 for one in read) / len(read)
    return Energy(joules, len(read), " and ".join(sources))
