"""Intervals for means over defects, by drawing defects again."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from repair_eval.measures.proportion import Interval

RESAMPLES = 10_000
SEED = 20_260_101
_DRAWS_AT_ONCE = 2_000_000
"""Indices held at a time: 16 MB."""


def bootstrap(
    values: Sequence[float], *, resamples: int = RESAMPLES, seed: int = SEED
) -> Interval | None:
    """The 95 % percentile interval of the mean (Efron and Tibshirani, An Introduction to the
    Bootstrap, 1993, section 13.3). `values` has one number for each defect, the unit that is drawn:
    attempts at one defect are not independent. The same values give the same interval. None
    where all values are equal, or there is only one: they say nothing about their spread."""
    if len(set(values)) < 2:
        return None
    array = np.asarray(values, dtype=np.float64)
    means = np.empty(resamples)
    generator = np.random.default_rng(seed)
    step = max(1, _DRAWS_AT_ONCE // len(array))
    for start in range(0, resamples, step):
        count = min(step, resamples - start)
        drawn = generator.integers(0, len(array), size=(count, len(array)))
        means[start : start + count] = array[drawn].mean(axis=1)
    low, high = np.quantile(means, (0.025, 0.975))
    return Interval(float(low), float(high))
