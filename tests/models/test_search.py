"""Best-first beam search against the definition: enumerate every answer and sort."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from repairlsp.models.search import Hypothesis, n_best

VOCABULARY, END, LONGEST = 4, 0, 4


class RandomModel:
    """A fixed random distribution after every prefix, and a count of how often it was asked."""

    def __init__(self, seed: int, sharpness: float) -> None:
        self._seed = seed
        self._sharpness = sharpness
        self.asked: list[tuple[int, ...]] = []

    def log_probs(self, prefix: tuple[int, ...]) -> NDArray[np.float64]:
        generator = np.random.default_rng([self._seed, len(prefix), *prefix])
        logits = generator.normal(size=VOCABULARY) * self._sharpness
        return np.asarray(logits - np.log(np.exp(logits).sum()))

    def __call__(self, prefix: tuple[int, ...]) -> NDArray[np.float64]:
        self.asked.append(prefix)
        return self.log_probs(prefix)


def every_answer(model: RandomModel) -> list[Hypothesis]:
    """All finished answers of at most LONGEST tokens, best first."""
    answers = []
    for length in range(LONGEST):
        for body in itertools.product(range(1, VOCABULARY), repeat=length):
            tokens = (*body, END)
            value = sum(model.log_probs(tokens[:at])[token] for at, token in enumerate(tokens))
            answers.append(Hypothesis(tokens, float(value)))
    return sorted(answers, key=lambda answer: -answer.log_likelihood)


@given(st.integers(0, 10_000), st.floats(0.1, 5.0))
@settings(max_examples=20, deadline=None)
def test_with_a_wide_beam_it_is_the_exact_n_best(seed: int, sharpness: float) -> None:
    model = RandomModel(seed, sharpness)
    expected = every_answer(model)
    found = n_best(model, beams=64, max_new_tokens=LONGEST, end_tokens={END})
    assert [answer.tokens for answer in found] == [answer.tokens for answer in expected]
    np.testing.assert_allclose(
        [answer.log_likelihood for answer in found],
        [answer.log_likelihood for answer in expected],
        atol=1e-9,
    )


def beam_search(model: RandomModel, beams: int) -> list[Hypothesis]:
    """The textbook: all hypotheses of a length, then the best `beams` of the next length."""
    beam, finished = [Hypothesis((), 0.0)], []
    for _ in range(LONGEST):
        longer = []
        for tokens, value in beam:
            log_probs = model.log_probs(tokens)
            for token in range(VOCABULARY):
                each = Hypothesis((*tokens, token), value + float(log_probs[token]))
                (finished if token == END else longer).append(each)
        beam = sorted(longer, key=lambda each: -each.log_likelihood)[:beams]
    return sorted(finished, key=lambda each: -each.log_likelihood)[:beams]


@given(st.integers(0, 10_000), st.floats(0.1, 5.0), st.integers(1, 5))
@settings(max_examples=50, deadline=None)
def test_it_finds_what_beam_search_finds(seed: int, sharpness: float, beams: int) -> None:
    model = RandomModel(seed, sharpness)
    found = n_best(model, beams=beams, max_new_tokens=LONGEST, end_tokens={END})
    assert [answer.tokens for answer in found] == [
        answer.tokens for answer in beam_search(model, beams)
    ]


def test_a_confident_model_is_asked_once_per_token() -> None:
    model = RandomModel(seed=3, sharpness=60.0)
    best = n_best(model, beams=1, max_new_tokens=50, end_tokens={END})
    assert len(model.asked) == len(best[0].tokens)
    assert model.asked == [best[0].tokens[:at] for at in range(len(best[0].tokens))]


def test_unfinished_and_impossible_answers_are_dropped() -> None:
    def never_ends(_prefix: tuple[int, ...]) -> NDArray[np.float64]:
        return np.array([-np.inf, np.log(0.5), np.log(0.5), -np.inf])

    def ends_at_once(_prefix: tuple[int, ...]) -> NDArray[np.float64]:
        return np.array([0.0, -np.inf, -np.inf, -np.inf])

    assert n_best(never_ends, beams=2, max_new_tokens=5, end_tokens={END}) == []
    assert n_best(ends_at_once, beams=8, max_new_tokens=5, end_tokens={END}) == [
        Hypothesis((END,), 0.0)
    ]
