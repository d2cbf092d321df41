"""Candidates for the tests to decide on, with the embedded model."""

from __future__ import annotations

import math
from collections.abc import Iterator
from threading import Event

import pytest

from repairlsp.generate import templates
from repairlsp.generate.candidates import Generator
from repairlsp.generate.prompt import load
from repairlsp.models.catalog import resolve
from repairlsp.models.client import ModelWorker
from repairlsp.source import SourceText
from repairlsp.types import Candidate, Edit, LineSpan, RepairContext

FUNCTION = """\
def widest(rows, gap=2):
    widths = []
    for row in rows:
        total = 0
        for cell in row:
            total += len(cell) - gap
        if total > 0:
            widths.append(total)
    return max(widths)
"""
SOURCE = SourceText.from_text(FUNCTION)
CONTEXT = RepairContext(
    "grid.py", "widest", LineSpan(1, 10), SOURCE.lines, dict.fromkeys(range(2, 10), 0.5)
)


@pytest.fixture(scope="module")
def worker() -> Iterator[ModelWorker]:
    with ModelWorker(resolve(None)) as worker:
        yield worker


def generated(worker: ModelWorker | None, *, use_likelihood: bool = True) -> list[list[Candidate]]:
    format = load("repair-lines-1") if worker else None
    generator = Generator(worker, format, use_likelihood=use_likelihood)
    return list(generator.for_tests(SOURCE, CONTEXT, Event()))


def test_the_model_has_a_say_in_the_order_of_templates(worker: ModelWorker) -> None:
    first, own, *batches = generated(worker)
    assert {one.source for one in own} == {"model"}
    judged = batches[0]
    assert {one.edits for one in first} <= {one.edits for one in judged}  # once more, judged
    assert all(one.log_likelihood is not None for one in judged)
    priors: dict[tuple[Edit, ...], float] = {
        one.edits: one.score for one in templates.propose(SOURCE, CONTEXT)
    }
    by_prior = sorted(judged, key=lambda one: -priors[one.edits])
    assert sorted(judged, key=lambda one: -one.score) != by_prior
    # Both opinions give the batch the same chance to hold the fix.
    mass = sum(math.exp(one.score) for one in judged)
    assert mass == pytest.approx(sum(math.exp(priors[one.edits]) for one in judged))


def test_every_template_comes_once_unless_it_is_judged(worker: ModelWorker) -> None:
    everything = [one.edits for one in templates.propose(SOURCE, CONTEXT)]
    first, _, *batches = generated(worker)
    assert [one.edits for one in first] == everything[: len(first)]
    assert [one.edits for batch in batches for one in batch] == everything


@pytest.mark.parametrize("with_model", [True, False])
def test_without_likelihood_the_priors_decide(worker: ModelWorker, with_model: bool) -> None:
    _, own, *batches = generated(worker if with_model else None, use_likelihood=False)
    assert bool(own) == with_model
    scores = [one.score for batch in batches for one in batch]
    assert scores == [one.score for one in templates.propose(SOURCE, CONTEXT)]
