"""Log-likelihoods of many continuations of one prompt, reusing what they share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import takewhile

import numpy as np
from numpy.typing import NDArray

LogProbs = Callable[[Sequence[int], int], NDArray[np.float64]]
"""(tokens, last) -> log-probabilities of the next token after each of the last `last` tokens."""


def shared_prefix(left: Sequence[int], right: Sequence[int]) -> int:
    """How many tokens the two sequences have in common before the first that differs."""
    pairs = zip(left, right, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def log_likelihoods(
    log_probs: LogProbs, prompt: Sequence[int], continuations: Sequence[Sequence[int]]
) -> list[float]:
    """Natural log-likelihood of each continuation given the prompt, in the order they came.

    Continuations are visited in the order of their tokens, that is depth first through their
    trie: what one shares with the one before stays in the key-value cache, and what was said after
    it is kept, so a token of a shared prefix (the same line pointer, the same indentation) is
    evaluated once, and continuations of one token cost one evaluation in all.
    """
    results = [0.0] * len(continuations)
    previous: Sequence[int] = ()
    totals: list[float] = [0.0]  # totals[i]: log-likelihood of the first i tokens of `previous`
    rows: list[NDArray[np.float64]] = []  # rows[i]: log-probabilities after those i tokens
    for index in sorted(range(len(continuations)), key=lambda i: tuple(continuations[i])):
        tokens = continuations[index]
        shared = shared_prefix(previous, tokens)
        del totals[shared + 1 :], rows[shared + 1 :]
        if missing := len(tokens) - len(rows):
            # The last token is never fed: nothing is asked about what follows it.
            rows.extend(log_probs([*prompt, *tokens[:-1]], missing))
        for at in range(shared, len(tokens)):
            totals.append(totals[-1] + float(rows[at][tokens[at]]))
        previous = tokens
        results[index] = totals[len(tokens)]
    return results
