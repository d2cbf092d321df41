"""Is one of two configurations better, given the defects that only one of them repairs?"""

from __future__ import annotations

from math import comb


def mcnemar(only_first: int, only_second: int) -> float:
    """The exact two-sided p-value of McNemar's test (Psychometrika 12, 1947): under "both are as
    good" each defect that only one of the two repairs is a fair coin (binomial test on the
    discordant pairs). 1 where there are none."""
    pairs = only_first + only_second
    if pairs == 0:
        return 1.0
    tail = sum(comb(pairs, count) for count in range(min(only_first, only_second) + 1))
    return min(1.0, 2 * tail / (1 << pairs))
