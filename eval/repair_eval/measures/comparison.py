"""Two configurations on the same defects."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

from repair_eval.measures.difference import paired_difference
from repair_eval.measures.holm import holm
from repair_eval.measures.mcnemar import mcnemar
from repair_eval.measures.outcome import is_repaired
from repair_eval.measures.proportion import Interval, Share
from repair_eval.measures.results import Results


class Comparison(NamedTuple):
    """`first` and `second` are names. `only_first` and `only_second` are the defects that one of
    them repairs and the other does not, by their first attempts; `both_repaired` of `defects` are
    repaired by both. `interval` is that of `difference`, None where no defect differs. `p` is
    McNemar's, `adjusted` the same after Holm's correction for all
    comparisons that were made together."""

    first: str
    second: str
    defects: int
    both_repaired: int
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]
    interval: Interval | None
    p: float
    adjusted: float

    @property
    def difference(self) -> float | None:
        """The first repair rate less the second; None where they have no defect in common."""
        if not self.defects:
            return None
        return (len(self.only_first) - len(self.only_second)) / self.defects

    @property
    def neither(self) -> int:
        """Defects that none of the two repairs."""
        return self.defects - self.both_repaired - len(self.only_first) - len(self.only_second)

    @property
    def shares(self) -> tuple[Share, Share]:
        """Of the common defects."""
        return (
            Share.of(self.both_repaired + len(self.only_first), self.defects),
            Share.of(self.both_repaired + len(self.only_second), self.defects),
        )


def compare_two(pairs: Sequence[tuple[Results, Results]]) -> tuple[Comparison, ...]:
    """Compare these, corrected for their number. Defects that one of a pair has no attempt at are
    left out of it; with several attempts the first counts, for the test wants one answer each."""
    found = [_paired(first, second) for first, second in pairs]
    adjusted = holm([one.p for one in found])
    return tuple(one._replace(adjusted=value) for one, value in zip(found, adjusted, strict=True))


def compare_all(contestants: Sequence[Results]) -> tuple[Comparison, ...]:
    """Every pair of configurations, controls left out: what they come to is known beforehand."""
    real = [one for one in contestants if not one.is_control]
    return compare_two(list(combinations(real, 2)))


def _paired(first: Results, second: Results) -> Comparison:
    left, right = (
        {defect: is_repaired(attempts[0]) for defect, attempts in one.by_defect.items()}
        for one in (first, second)
    )
    common = [defect for defect in left if defect in right]
    only_first = tuple(one for one in common if left[one] and not right[one])
    only_second = tuple(one for one in common if right[one] and not left[one])
    p = mcnemar(len(only_first), len(only_second))
    return Comparison(
        first=first.name,
        second=second.name,
        defects=len(common),
        both_repaired=sum(left[one] and right[one] for one in common),
        only_first=only_first,
        only_second=only_second,
        interval=paired_difference(len(only_first), len(only_second), len(common)),
        p=p,
        adjusted=p,
    )
