"""By how much does one configuration repair more than another, on the same defects?"""

from __future__ import annotations

import numpy as np

from repair_eval.measures.bootstrap import RESAMPLES, SEED
from repair_eval.measures.proportion import Interval


def paired_difference(only_first: int, only_second: int, defects: int) -> Interval | None:
    """The 95 % percentile bootstrap interval of (only_first - only_second) / defects, which is the
    first repair rate less the second.

    Drawing defects again draws from three kinds, +1, -1 and 0, so that all resamples are one
    multinomial draw each, whatever the number of defects. None where no defect differs.
    """
    if not only_first + only_second:
        return None
    equal = defects - only_first - only_second
    shares = np.array([only_first, only_second, equal]) / defects
    drawn = np.random.default_rng(SEED).multinomial(defects, shares, size=RESAMPLES)
    low, high = np.quantile((drawn[:, 0] - drawn[:, 1]) / defects, (0.025, 0.975))
    return Interval(float(low), float(high))
