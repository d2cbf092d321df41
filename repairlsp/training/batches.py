"""Batches of a few fixed shapes: `torch.compile` compiles each once, padding stays small."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from repairlsp.training.settings import TrainingSettings
from repairlsp.training.shards import Shard


class Batch(NamedTuple):
    """`tokens` [batch, length + 1] int64, zero beyond each sample's end.

    `places` [n] are the flat indices into [batch, length] whose next token is learnt, `weights`
    [n] how much each counts (zero fills up the fixed n). `answers` [batch, length] is True where
    the next token belongs to the answer.
    """

    tokens: Tensor
    places: Tensor
    weights: Tensor
    answers: Tensor


_LEARNT_SHARE = 0.3
"""Of a batch's tokens: its answers (about a tenth) and some of the context, drawn at random."""


def batches(shard: Shard, settings: TrainingSettings, seed: int | None) -> Iterator[Batch]:
    """One pass over the samples, shuffled by `seed` (in order for None), grouped by length.

    Each batch has about `tokens_per_batch` tokens. Samples beyond the longest length are left out,
    as are the last few of each length in a shuffled pass, so that every shape is a known one.
    """
    lengths = np.diff(shard.offsets)
    order = np.arange(len(lengths))
    rng = np.random.default_rng(seed)
    if seed is not None:
        rng.shuffle(order)
    buckets = np.searchsorted(settings.lengths, lengths - 1)
    groups: list[tuple[int, np.ndarray]] = []
    for bucket, length in enumerate(settings.lengths):
        rows = order[buckets[order] == bucket]
        size = max(1, settings.tokens_per_batch // length)
        whole = len(rows) // size * size if seed is not None else len(rows)
        groups += [(length, rows[start : start + size]) for start in range(0, whole, size)]
    for at in rng.permutation(len(groups)) if seed is not None else range(len(groups)):
        length, rows = groups[at]
        yield _batch(shard, rows, length, settings.context_weight, rng)


def _batch(
    shard: Shard, rows: np.ndarray, length: int, context_weight: float, rng: np.random.Generator
) -> Batch:
    tokens = np.zeros((len(rows), length + 1), np.int64)
    context = np.zeros((len(rows), length), bool)
    answers = np.zeros((len(rows), length), bool)
    for at, row in enumerate(rows):
        sample = shard.tokens[shard.offsets[row] : shard.offsets[row + 1]]
        prompt = int(shard.prompts[row])
        tokens[at, : len(sample)] = sample
        context[at, : prompt - 1] = True
        answers[at, prompt - 1 : len(sample) - 1] = True
    weights = np.zeros(int(len(rows) * length * _LEARNT_SHARE), np.float32)
    drawn = rng.permutation(np.flatnonzero(context))
    chosen = np.concatenate([np.flatnonzero(answers), drawn])[: len(weights)]
    places = np.resize(chosen, len(weights))
    weights[: len(chosen)] = np.where(answers.flat[chosen], 1.0, context_weight)
    return Batch(*map(torch.from_numpy, (tokens, places, weights, answers)))
