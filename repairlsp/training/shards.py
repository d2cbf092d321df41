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
        return concatenate(pool.map(_generate_part, jobs, chunksize=1))


def _generate_part(work: _Work) -> Shard:
    rng = Random(work.seed)
    format = load_format(work.settings.prompt_format)
    tokenizer = Tokenizer.from_str(work.tokenizer)
    longest = work.settings.samples.max_tokens
    rows: list[_Row] = []
    while len(rows) < work.samples:
        function = rng.choice(work.functions)
        sample = make_sample(function.lines, rng, work.settings.samples, format)
        if sample is not None and (row := _row(sample, tokenizer, longest)):
            rows.append(row)
    return _pack(rows)


def pack(samples: Iterable[Sample], tokenizer: Tokenizer, max_tokens: int) -> Shard | None:
    """The samples that have at most `max_tokens`; None when there are none."""
    rows = [row for sample in samples if (row := _row(sample, tokenizer, max_tokens))]
    return _pack(rows) if rows else None


class _Row(NamedTuple):
    tokens: list[int]
    prompt: int
    family: str


def _row(sample: Sample, tokenizer: Tokenizer, longest: int) -> _Row | None:
    prompt, answer = encode(sample, tokenizer)
    tokens = prompt + answer
    return _Row(tokens, len(prompt), sample.family) if len(tokens) <= longest else None


def encode(sample: Sample, tokenizer: Tokenizer) -> tuple[list[int], list[int]]:
    """Token ids of the prompt and of the answer."""
    prompt = tokenizer.encode(sample.prompt, add_special_tokens=False).ids
    return prompt, tokenizer.encode(sample.answer, add_special_tokens=False).ids


def _pack(rows: Iterable[_Row]) -> Shard:
    ids, prompts, families = zip(*rows, strict=True)
    return Shard(
        np.concatenate([np.asarray(row, np.uint16) for row in ids]),
        np.cumsum([0, *map(len, ids)]),
        np.asarray(prompts, np.int32),
        np.asarray(families),
    )


def concatenate(parts: Sequence[Shard]) -> Shard:
    """One shard of several, in their order."""
    ends = np.cumsum([0, *(part.offsets[-1] for part in parts)])
    offsets = [part.offsets[:-1] + start for part, start in zip(parts, ends, strict=False)]
    return Shard(
        np.concatenate([part.tokens for part in parts]),
        np.concatenate([*offsets, ends[-1:]]),
        np.concatenate([part.prompts for part in parts]),
        np.concatenate([part.families for part in parts]),
    )
