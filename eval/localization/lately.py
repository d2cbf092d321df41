"""What the evidence "changed lately" gains when it is right, and costs when it is not: simulated.

Released packages have no uncommitted lines. So edits are made up: somebody has just worked on two
of the functions that the failing tests entered, and the bug either is among the edits or is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import NamedTuple

import numpy as np

from localization.fit import Table
from localization.measure import Rank
from repairlsp.localize.weights import Weights

OTHER_FUNCTIONS = 2


class Lately(NamedTuple):
    """Ranks when the bug is among the edits, and when it is older."""

    new: list[Rank]
    old: list[Rank]


def simulate(tables: Sequence[Table], weights: Weights, strength: float, seed: int = 1) -> Lately:
    """The ranks of the tables' bugs with edits that weigh `strength`."""
    rng = Random(seed)
    found = Lately([], [])
    for table in tables:
        scores = table.suspiciousness(weights)
        accused = np.unique(table.function[scores > 0])
        if not len(accused):
            continue
        others = rng.sample(sorted(accused), min(OTHER_FUNCTIONS, len(accused)))
        elsewhere = np.isin(table.function, others) & ~table.inside & (scores > 0)
        for edited, ranks in (
            (elsewhere | (table.faulty & (scores > 0)), found.new),
            (elsewhere, found.old),
        ):
            ranks.append(table.place(1 - (1 - scores) * (1 - strength * edited)))
    return found
