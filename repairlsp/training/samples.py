"""Training samples: a function with bugs put in, as a prompt, and the edits that undo them."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from random import Random
from typing import NamedTuple

from repairlsp.generate.prompt import LineEdit, PromptFormat, line_edits
from repairlsp.training.operators import OPERATORS, Function, Mutation
from repairlsp.training.settings import SampleSettings


class Sample(NamedTuple):
    """A prompt and its answer, with the operators that made the bugs ("" for none)."""

    prompt: str
    answer: str
    family: str


def make_sample(
    lines: tuple[str, ...], rng: Random, settings: SampleSettings, format: PromptFormat
) -> Sample | None:
    """Put bugs into a function and ask for them back. None when no operator applies."""
    count = rng.choices(range(len(settings.bugs)), settings.bugs)[0]
    buggy, families, message = lines, [], ""
    for _ in range(count):
        drawn = _mutate(buggy, rng, settings)
        if drawn is None:
            break
        family, mutation = drawn
        buggy, message = mutation.lines, mutation.message
        families.append(family)
        if message:
            break  # a compiler stops at its first error
    edits = line_edits(buggy, lines)
    if bool(count) != bool(edits):
        return None  # no operator applied, or one undid another
    size = sum(max(len(edit.lines), edit.end - edit.start) for edit in edits)
    if size > settings.max_answer_lines or len(buggy) > format.max_lines:
        return None
    return sample_of(buggy, edits, "+".join(families), message, rng, settings, format)


def sample_of(
    buggy: tuple[str, ...],
    edits: Sequence[LineEdit],
    family: str,
    message: str,
    rng: Random,
    settings: SampleSettings,
    format: PromptFormat,
) -> Sample:
    """The sample that asks for `edits`, with lines marked as localization might."""
    marked = _marks(edits, len(buggy), rng, settings, bool(message))
    return Sample(format.render(buggy, marked, message), format.answer(edits), family)


def _mutate(
    lines: tuple[str, ...], rng: Random, settings: SampleSettings
) -> tuple[str, Mutation] | None:
    function = Function.parse(lines)
    if function is None:
        return None
    names, weights = zip(*settings.operators.items(), strict=True)
    for name in rng.choices(names, weights, k=8):
        mutations = list(OPERATORS[name].mutate(function, rng))
        rng.shuffle(mutations)
        for mutation in mutations[:3]:
            if mutation.lines != lines and (name == "syntax" or _compiles(mutation.lines)):
                return name, mutation
    return None


def _compiles(lines: tuple[str, ...]) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile("\n".join(lines), "<function>", "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError):
        return False
    return True


def _marks(
    edits: Sequence[LineEdit],
    line_count: int,
    rng: Random,
    settings: SampleSettings,
    described: bool,
) -> set[int]:
    """Lines that fault localization would point at: the bug's and others, or nothing useful."""
    guilty: set[int] = set()
    for edit in edits:
        start = edit.start if edit.end > edit.start else max(1, edit.start - rng.randrange(2))
        guilty |= set(range(start, max(edit.end, start + 1))) & set(range(1, line_count + 1))
    if described:
        return guilty if rng.random() < 0.9 else set()
    if rng.random() < settings.unmarked:
        return set()
    others = list(range(2, line_count + 1))
    rng.shuffle(others)
    decoys = min(int(rng.expovariate(0.35)), line_count * 2 // 5)
    marked = set(others[:decoys])
    return marked - guilty if rng.random() < settings.misleading else marked | guilty
