"""pass@k: how likely is a repair among k answers?"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import NamedTuple

from repair_eval.measures.bootstrap import bootstrap
from repair_eval.measures.outcome import is_repair
from repair_eval.measures.proportion import Interval
from repair_eval.measures.results import Results
from repair_eval.record import Attempt, Sample

KS = (1, 2, 3, 5, 10)


def pass_at_k(n: int, c: int, k: int) -> float:
    """The unbiased estimate 1 - C(n - c, k) / C(n, k) for one defect, of whose n samples c are
    right, computed as a product (Chen et al., Evaluating Large Language Models Trained on Code,
    2021, section 2.1 and figure 3). Raises ValueError unless 0 <= c <= n and 1 <= k <= n."""
    if not (0 <= c <= n and 1 <= k <= n):
        raise ValueError(f"no pass@{k} from {c} right of {n} samples")
    if n - c < k:
        return 1.0
    return 1.0 - prod(1.0 - k / i for i in range(n - c + 1, n + 1))


class PassAtK(NamedTuple):
    """The mean over `defects`, with its bootstrap interval over them (None where
    all defects have the same)."""

    k: int
    value: float
    interval: Interval | None
    defects: int


def curve(results: Results, ks: Sequence[int] = KS) -> tuple[PassAtK, ...]:
    """pass@k for each k that the answers allow.

    Sampled answers are exchangeable, and those of all attempts at a defect are one pool for the
    estimator. The answers of a search come ranked, and so the first k of them are what k answers
    are: the mean over its attempts of "one of the first k is a repair". A search that submits fewer
    than k has no more to say; an attempt that broke down, or a sample that was not drawn, counts as
    a wrong answer.
    """
    groups = list(results.by_defect.values())
    if not groups:
        return ()
    width = max((len(one.samples) for one in results.done), default=1) or 1
    exchangeable = results.configuration.kind == "sampling"
    most = min(map(len, groups)) * width if exchangeable else width
    found = []
    for k in ks:
        if k > most:
            continue
        if exchangeable:
            values = [_pooled(group, width, k) for group in groups]
        else:
            values = [_ranked(group, k) for group in groups]
        mean = sum(values) / len(values)
        found.append(PassAtK(k, mean, bootstrap(values), len(values)))
    return tuple(found)


def _pooled(attempts: Sequence[Attempt], width: int, k: int) -> float:
    right = sum(sum(map(is_repair, _answers(attempt))) for attempt in attempts)
    return pass_at_k(width * len(attempts), right, k)


def _ranked(attempts: Sequence[Attempt], k: int) -> float:
    return sum(any(map(is_repair, _answers(one)[:k])) for one in attempts) / len(attempts)


def _answers(attempt: Attempt) -> Sequence[Sample]:
    return attempt.samples if attempt.status == "done" else ()
