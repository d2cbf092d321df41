"""Samples: the answer undoes the bug, and the prompt is what the model will be asked."""

from random import Random

import pytest

from repairlsp.generate.prompt import load
from repairlsp.training.samples import make_sample
from repairlsp.training.settings import DEFAULT
from repairlsp.training.settings import load as load_recipe

FORMAT = load("repair-lines-1")
RECIPE = load_recipe(DEFAULT)
FUNCTION = (
    "def between(low, value, high):",
    "    if low > high:",
    "        low, high = high, low",
    "    if value < low:",
    "        return low",
    "    total = max(value, low) + len(str(high))",
    "    return min(total, high)",
)


def lines_of(prompt: str) -> list[str]:
    code = prompt.split("<|code|>")[1].removesuffix("<|fix|>")
    return [piece.split("|>", 1)[1].removeprefix("<|mark|>") for piece in code.split("<|L")[1:]]


@pytest.mark.parametrize("seed", range(300))
def test_the_answer_undoes_the_bug(seed: int) -> None:
    rng = Random(seed)
    while (sample := make_sample(FUNCTION, rng, RECIPE.samples, FORMAT)) is None:
        pass  # an operator was drawn that does not apply
    lines = lines_of(sample.prompt)
    edits = FORMAT.parse(sample.answer, len(lines))
    assert edits is not None
    for edit in reversed(edits):
        lines[edit.start - 1 : edit.end - 1] = edit.lines
    assert tuple(lines) == FUNCTION
    assert bool(sample.family) == bool(edits)


def test_the_same_seed_gives_the_same_samples() -> None:
    one, other = (
        [make_sample(FUNCTION, rng, RECIPE.samples, FORMAT) for _ in range(50)]
        for rng in (Random(7), Random(7))
    )
    assert one == other


def test_marks_point_at_the_bug_more_often_than_not() -> None:
    rng, hits, marked = Random(3), 0, 0
    for _ in range(400):
        sample = make_sample(FUNCTION, rng, RECIPE.samples, FORMAT)
        if not sample or not sample.family or "<|mark|>" not in sample.prompt:
            continue
        edits = FORMAT.parse(sample.answer, 20)
        assert edits
        marks = {
            number
            for number, piece in enumerate(sample.prompt.split("<|L")[1:], 1)
            if "<|mark|>" in piece
        }
        marked += 1
        hits += any({e.start - 1, e.start, e.end - 1} & marks for e in edits)
    assert marked > 100
    assert hits / marked > 0.85
