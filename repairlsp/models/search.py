"""Best-first beam search: the n most likely answers, best first, with few model evaluations.

Meister, Vieira, Cotterell, "Best-First Beam Search", TACL 2020, algorithm 1. Log-likelihood never
rises as an answer grows, so always extending the likeliest hypothesis, at most `beams` of each
length, finds what a beam search of that width finds, and finds it in order: the first answer that
is popped finished is the best one. Unlike in the paper a finished answer does not use up a place
in the beam of longer lengths.

A beam search that goes through one length after the other would evaluate `beams` hypotheses per
token, and the runtime's own also prefills the prompt once per beam. Here the prompt is prefilled
once, and a peaked model needs little more than one evaluation per token of what it answers.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Collection
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

NextLogProbs = Callable[[tuple[int, ...]], NDArray[np.float64]]
"""Answer so far -> natural log-probability of every next token, shape (vocabulary,)."""


class Hypothesis(NamedTuple):
    """A finished answer: `tokens` ends with an end token; `log_likelihood` is over all of them."""

    tokens: tuple[int, ...]
    log_likelihood: float


def n_best(
    next_log_probs: NextLogProbs,
    *,
    beams: int,
    max_new_tokens: int,
    end_tokens: Collection[int],
) -> list[Hypothesis]:
    """The up to `beams` likeliest finished answers of at most `max_new_tokens` tokens, best first.

    Evaluates at most `beams * max_new_tokens` times. Answers that have not ended by then are
    dropped: half an answer is no patch.
    """
    finished: list[Hypothesis] = []
    extended: Counter[int] = Counter()
    pushed = 0  # breaks ties by age, so that equal scores give the same order in every run
    frontier: list[tuple[float, int, tuple[int, ...]]] = [(0.0, pushed, ())]
    while frontier and len(finished) < beams:
        cost, _, tokens = heapq.heappop(frontier)
        if tokens and tokens[-1] in end_tokens:
            finished.append(Hypothesis(tokens, -cost))
            continue
        length = len(tokens)
        if length == max_new_tokens or extended[length] == beams:
            continue
        extended[length] += 1
        log_probs = next_log_probs(tokens)
        for token in _worth_pushing(log_probs, beams, end_tokens):
            pushed += 1
            heapq.heappush(frontier, (cost - float(log_probs[token]), pushed, (*tokens, token)))
    return finished


def _worth_pushing(
    log_probs: NDArray[np.float64], beams: int, end_tokens: Collection[int]
) -> list[int]:
    """The end tokens, and the `beams` likeliest others: no beam can hold more of one parent."""
    others = log_probs.copy()
    others[list(end_tokens)] = -np.inf
    count = min(beams, len(others))
    likeliest = np.argpartition(others, -count)[-count:].tolist()
    likeliest = [token for token in likeliest if np.isfinite(others[token])]
    return [*(token for token in end_tokens if np.isfinite(log_probs[token])), *likeliest]
