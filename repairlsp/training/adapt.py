"""Fine-tuning on a user's repository: bugs put into its functions, and the bugs it once had."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import NamedTuple

import torch
from tokenizers import Tokenizer

from repairlsp.errors import UsageError
from repairlsp.generate.prompt import line_edits, load
from repairlsp.patches import is_test_path
from repairlsp.training import corpus, folder_weights, shards
from repairlsp.training.corpus import CorpusFunction
from repairlsp.training.export import export
from repairlsp.training.history import PastFix, past_fixes
from repairlsp.training.loop import Score, evaluate, train
from repairlsp.training.phi3 import Phi3
from repairlsp.training.samples import sample_of
from repairlsp.training.settings import Settings
from repairlsp.training.shards import Shard
from repairlsp.validate.listing import list_project

_FEWEST = 40
"""Functions below which there is nothing to learn that would hold for the next one."""
_HELD_OUT = 8
"""One function in so many is kept for measuring."""
_SAMPLES_PER_FUNCTION = 24
_MOST_SAMPLES = 60_000
_REHEARSAL = 0.3
"""Share of samples from the standard library, so that what the model knew is not forgotten."""
_HISTORY_REPEATS = 6
"""Prompts made of each past fix, which differ in what they mark."""
_RATE = 0.25
"""Of the recipe's learning rates: the model has been trained already."""
_LARGEST = 4 << 30
"""Bytes of a repository: it is only read."""


class Adapted(NamedTuple):
    """Held-out scores on the repository's own functions, and what was learnt from."""

    before: Score
    after: Score
    functions: int
    past_fixes: int


def adapt(
    repository: Path,
    base: Path,
    folder: Path,
    settings: Settings,
    *,
    minutes: float,
    compile_model: bool = True,
) -> Adapted:
    """Continue training the model of `base`, a model folder, on `repository`; write `folder`.

    Bugs are put into the functions of the repository's own files (tests and what git ignores left
    out), fixes are taken from its history, and some of the standard library's functions are
    rehearsed. Takes `minutes` of training and about one more. Raises UsageError when the
    repository has too few functions, ModelError when `base` is no INT8 model folder of ours.
    """
    state = folder_weights.read(base)
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    held_out, training = _functions(repository, settings)
    fixes = list(past_fixes(repository, settings.corpus, settings.samples.max_answer_lines))
    settings = _gentler(settings)
    with tempfile.TemporaryDirectory(prefix="repairlsp-adapt-") as temporary:
        runs = Path(temporary)
        torch.save(state, runs / "start.pt")
        test = shards.generate(held_out, min(8 * len(held_out), 256), settings, tokenizer, 1)
        shard = _samples(training, fixes, settings, tokenizer)
        model = Phi3(settings.model, tokenizer.get_vocab_size())
        model.load_state_dict(state)
        before = evaluate(model, test, settings)
        after = train(
            settings,
            shard,
            test,
            runs,
            vocabulary=tokenizer.get_vocab_size(),
            minutes=minutes,
            start_from=runs / "start.pt",
            compile_model=compile_model,
        )
        words = runs / "tokenizer"
        words.mkdir()
        for name in ("tokenizer.json", "tokenizer_config.json"):
            shutil.copyfile(base / name, words / name)
        card = runs / "card.md"
        card.write_text(_card(settings, repository, training, fixes, before, after), "utf-8")
        export(runs / "weights.pt", words, settings, folder, card=card)
    return Adapted(before, after, len(training), len(fixes))


def _gentler(settings: Settings) -> Settings:
    rates = settings.training
    return replace(
        settings,
        name=f"{settings.name}-adapted",
        training=replace(
            rates,
            matrix_learning_rate=rates.matrix_learning_rate * _RATE,
            embedding_learning_rate=rates.embedding_learning_rate * _RATE,
            evaluate_every=1_000_000,
        ),
    )


def _functions(
    repository: Path, settings: Settings
) -> tuple[list[CorpusFunction], list[CorpusFunction]]:
    """(held out, to train on) functions of the repository's own source files."""
    listing = list_project(repository.resolve(), _LARGEST)
    found = list(
        dict.fromkeys(
            lines
            for name in listing.files
            if name.endswith(".py") and not is_test_path(name)
            for lines in corpus.functions_of(repository / name, settings.corpus)
        )
    )
    if len(found) < _FEWEST:
        raise UsageError(
            f"{repository} has {len(found)} functions of "
            f"{settings.corpus.min_lines}-{settings.corpus.max_lines} lines, too few to learn from",
            f"name a repository with at least {_FEWEST}; the embedded model is used without this",
        )
    Random(settings.seed).shuffle(found)
    own = [CorpusFunction("repository", lines) for lines in found]
    kept = len(own) // _HELD_OUT
    return own[:kept], own[kept:]


def _samples(
    functions: Sequence[CorpusFunction],
    fixes: Sequence[PastFix],
    settings: Settings,
    tokenizer: Tokenizer,
) -> Shard:
    wanted = min(_SAMPLES_PER_FUNCTION * len(functions), _MOST_SAMPLES)
    standard = corpus.collect(replace(settings.corpus, held_out=(), packages=()), settings.seed)
    rehearsed = int(wanted * _REHEARSAL / (1 - _REHEARSAL))
    parts = [
        shards.generate(functions, wanted, settings, tokenizer, settings.seed),
        shards.generate(standard.training, rehearsed, settings, tokenizer, settings.seed + 1000),
    ]
    if past := _past_samples(fixes, settings, tokenizer):
        parts.append(past)
    return shards.concatenate(parts)


def _past_samples(
    fixes: Sequence[PastFix], settings: Settings, tokenizer: Tokenizer
) -> Shard | None:
    rng = Random(settings.seed)
    format = load(settings.prompt_format)
    made = [
        sample_of(
            fix.before,
            line_edits(fix.before, fix.after),
            "past",
            "",
            rng,
            settings.samples,
            format,
        )
        for fix in fixes
        if len(fix.before) <= format.max_lines
        for _ in range(_HISTORY_REPEATS)
    ]
    return shards.pack(made, tokenizer, settings.samples.max_tokens)


def _card(
    settings: Settings,
    repository: Path,
    functions: Sequence[CorpusFunction],
    fixes: Sequence[PastFix],
    before: Score,
    after: Score,
) -> str:
    return (
        f"# {settings.name}\n\n"
        f"The embedded model of repairlsp, trained on with {len(functions):,} functions and "
        f"{len(fixes):,} past fixes of `{repository.resolve().name}`.\n\n"
        "| on functions of the repository that were held out | before | after |\n|---|---|---|\n"
        f"| loss, nats per token | {before.loss:.3f} | {after.loss:.3f} |\n"
        f"| line right | {before.pointer:.1%} | {after.pointer:.1%} |\n"
        f"| exact fix first | {before.exact:.1%} | {after.exact:.1%} |\n"
    )
