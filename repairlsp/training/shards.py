"""Samples as token ids on disk: made by every core, read by the training loop."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

import numpy as np
from tokenizers import Tokenizer

from repairlsp.generate.prompt import load as load_format
from repairlsp.training.corpus import CorpusFunction
from repairlsp.training.samples import Sample, make_sample
from repairlsp.training.settings import Settings


class Shard(NamedTuple):
    """`tokens[offsets[i]:offsets[i+1]]` is sample i; its first `prompts[i]` tokens are its prompt.

    `tokens` are uint16 (vocabularies beyond 65,536 do not fit), `families[i]` names its bug.
    """

    tokens: np.ndarray
    offsets: np.ndarray
    prompts: np.ndarray
    families: np.ndarray

    def head(self, count: int) -> Shard:
        """The first `count` samples."""
        end = self.offsets[: count + 1]
        return Shard(self.tokens[: end[-1]], end, self.prompts[:count], self.families[:count])

    def save(self, path: Path) -> None:
        np.savez(path, **self._asdict())

    @classmethod
    def load(cls, path: Path) -> Shard:
        with np.load(path) as arrays:
            return cls(*(arrays[name] for name in cls._fields))


class _Work(NamedTuple):
    functions: Sequence[CorpusFunction]
    samples: int
    seed: int
    settings: Settings
    tokenizer: str


def generate(
    functions: Sequence[CorpusFunction],
    count: int,
    settings: Settings,
    tokenizer: Tokenizer,
    seed: int,
    processes: int | None = None,
) -> Shard:
    """`count` samples from functions drawn at random. The same seed and parts give the same."""
    parts = 16  # fixed, so that the result does not depend on the machine's cores
    jobs = [
        _Work(functions, count // parts, seed + part, settings, tokenizer.to_str())
        for part in range(parts)
    ]
    with multiprocessing.get_context("fork").Pool(processes) as pool:
        return _concatenate(pool.map(_generate_part, jobs, chunksize=1))


def _generate_part(work: _Work) -> Shard:
    rng = Random(work.seed)
    format = load_format(work.settings.prompt_format)
    tokenizer = Tokenizer.from_str(work.tokenizer)
    rows: list[tuple[list[int], int, str]] = []
    while len(rows) < work.samples:
        function = rng.choice(work.functions)
        sample = make_sample(function.lines, rng, work.settings.samples, format)
        if sample is None:
            continue
        prompt, answer = encode(sample, tokenizer)
        if len(prompt) + len(answer) <= work.settings.samples.max_tokens:
            rows.append((prompt + answer, len(prompt), sample.family))
    return _pack(rows)


def encode(sample: Sample, tokenizer: Tokenizer) -> tuple[list[int], list[int]]:
    """Token ids of the prompt and of the answer."""
    prompt = tokenizer.encode(sample.prompt, add_special_tokens=False).ids
    return prompt, tokenizer.encode(sample.answer, add_special_tokens=False).ids


def _pack(rows: Iterable[tuple[list[int], int, str]]) -> Shard:
    ids, prompts, families = zip(*rows, strict=True)
    return Shard(
        np.concatenate([np.asarray(row, np.uint16) for row in ids]),
        np.cumsum([0, *map(len, ids)]),
        np.asarray(prompts, np.int32),
        np.asarray(families),
    )


def _concatenate(parts: Sequence[Shard]) -> Shard:
    ends = np.cumsum([0, *(part.offsets[-1] for part in parts)])
    offsets = [part.offsets[:-1] + start for part, start in zip(parts, ends, strict=False)]
    return Shard(
        np.concatenate([part.tokens for part in parts]),
        np.concatenate([*offsets, ends[-1:]]),
        np.concatenate([part.prompts for part in parts]),
        np.concatenate([part.families for part in parts]),
    )
