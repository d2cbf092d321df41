"""Likelihoods of many continuations, by a toy model that says what it was asked."""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random

import numpy as np
import pytest
from numpy.typing import NDArray

from repairlsp.models.likelihood import log_likelihoods

_WORDS = 5


class Toy:
    """A bigram model of five words. `fed` counts the tokens that it had to look at anew."""

    def __init__(self) -> None:
        table = np.random.default_rng(1).random((_WORDS, _WORDS)) + 0.1
        self.table = np.log(table / table.sum(axis=1, keepdims=True))
        self.asked: list[int] = []

    def log_probs(self, tokens: Sequence[int], last: int) -> NDArray[np.float64]:
        self.asked.append(last)
        rows: NDArray[np.float64] = self.table[list(tokens[-last:])]
        return rows

    def alone(self, prompt: Sequence[int], tokens: Sequence[int]) -> float:
        path = [prompt[-1], *tokens]
        return sum(float(self.table[a][b]) for a, b in zip(path, tokens, strict=False))


def test_each_is_what_it_is_alone() -> None:
    toy, rng = Toy(), Random(3)
    continuations = [[rng.randrange(_WORDS) for _ in range(rng.randrange(7))] for _ in range(200)]
    found = log_likelihoods(toy.log_probs, [0, 1], continuations)
    for tokens, value in zip(continuations, found, strict=True):
        assert value == pytest.approx(toy.alone([0, 1], tokens))


def test_what_is_shared_is_evaluated_once() -> None:
    toy = Toy()
    found = log_likelihoods(toy.log_probs, [0], [[word] for word in range(_WORDS)])
    assert math.fsum(map(math.exp, found)) == pytest.approx(1)
    assert toy.asked == [1]
    toy.asked.clear()
    log_likelihoods(toy.log_probs, [0], [[1, 2, 3], [1, 2, 4], [1, 2, 4, 0], [1, 2, 4, 0]])
    assert toy.asked == [3, 1]
