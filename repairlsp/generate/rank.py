"""One score for candidates from every source: what the search sorts by."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace

from repairlsp.types import Candidate

LIKELIHOOD_WEIGHT = 0.5
"""How much of the score is the model's opinion; the rest is the templates' prior."""
_MODEL_PRIOR = math.log(0.02)
"""The prior of a candidate that only the model proposes: that of a common template's site."""
UNLIKELY = -30.0
LIKELY = -3.0
"""Log-likelihoods of a candidate that is hardly, and of one that may well be, the fix."""


def ranked(
    candidates: Iterable[Candidate], suspiciousness: float, presumed: float = UNLIKELY
) -> list[Candidate]:
    """The candidates of one function with their final scores, best first.

    A template's `score` is the logarithm of its prior, a log-likelihood is the model's: the final
    score is their weighted sum, a product of two experts, plus the logarithm of the function's
    `suspiciousness`, so that scores of different functions compare. `presumed` stands in for the
    log-likelihood of those that the model was not asked about.
    """
    where = math.log(max(suspiciousness, 1e-6))
    scored = [replace(one, score=where + _combined(one, presumed)) for one in candidates]
    return sorted(scored, key=lambda candidate: -candidate.score)


def _combined(candidate: Candidate, presumed: float) -> float:
    prior = _MODEL_PRIOR if candidate.source == "model" else candidate.score
    likelihood = presumed if candidate.log_likelihood is None else candidate.log_likelihood
    return (1 - LIKELIHOOD_WEIGHT) * prior + LIKELIHOOD_WEIGHT * max(likelihood, UNLIKELY)
