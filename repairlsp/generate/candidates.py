"""All candidates for one suspicious function, from templates and the model."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from repairlsp.context.languages import PYTHON, language_of
from repairlsp.errors import ModelError
from repairlsp.generate import model, templates
from repairlsp.generate.prompt import PromptFormat
from repairlsp.models.client import ModelWorker
from repairlsp.source import SourceText
from repairlsp.types import CancelToken, Candidate, RepairContext

_AT_ONCE = 16
"""Templates that are proposed before the model is asked: work for the first moments, and often all
that is needed. The model judges those that still wait then."""
_CHUNK = 80
_JUDGED = 480
"""Templates of a function that the model judges for the tests: at 2 ms each, a second. That is
about what eval/bench/ranking.py fits the weights on; what is further back was not measured."""
_SCORED = 120
"""Templates that the model reads for a suggestion."""
_PRIOR, _LIKELIHOOD = 0.65, 0.13
"""Weights of a prior's and a likelihood's logarithms, by eval/bench/ranking.py. Both exaggerate."""
_UNREADABLE = -30.0
"""The log-likelihood of what the model is not shown: about the least that it gives."""
_OWN = -1.0
"""What is added to the model's log-likelihood of its own candidates, on the priors' scale."""


@dataclass
class Generator:
    """Makes candidates. `worker` is None where only templates are wanted.

    A model that fails does not end the search: `problem` then says what happened, and templates
    go on alone.
    """

    worker: ModelWorker | None
    format: PromptFormat | None
    use_templates: bool = True
    use_likelihood: bool = True
    problem: str = ""

    def warm_up(self) -> None:
        """Let the model load, where there is one: it will be asked soon."""
        if self.worker is not None:
            self.worker.warm_up()

    def for_tests(
        self, source: SourceText, context: RepairContext, cancel: CancelToken
    ) -> Iterator[list[Candidate]]:
        """Candidates for tests to decide on, in batches as they get known.

        A `score` is the logarithm of about the probability that the edit is the fix, whoever says
        so: a template's prior with the model's likelihood, or the model alone, each times the
        line's suspiciousness. Raises CancelledError.
        """
        proposed = templates.propose(source, context) if self.use_templates else iter(())
        waiting = list(islice(proposed, _AT_ONCE))
        yield waiting
        where = _OWN + math.log(max(context.suspiciousness.values(), default=1.0))
        yield [replace(one, score=one.score + where) for one in self._suggested(context, cancel)]
        scale = _Scale()
        left = _JUDGED if self.use_likelihood and self.worker else 0
        while not cancel.is_set() and (chunk := [*waiting, *islice(proposed, _CHUNK)]):
            if left > 0:
                chunk = scale.weigh(chunk, self._judged(chunk, context, cancel))
            yield chunk
            left -= len(chunk)
            waiting = []

    def for_reading(
        self, source: SourceText, context: RepairContext, cancel: CancelToken
    ) -> list[Candidate]:
        """Candidates for a person to decide on, best first: those that the model, which reads the
        diagnostic, finds likeliest. Without a model, what templates have. Raises CancelledError.
        """
        found = self._suggested(context, cancel)
        if self.use_templates and language_of(context.path) == PYTHON:
            found += self._judged(
                list(islice(templates.propose(source, context), _SCORED)), context, cancel
            )
        return sorted(found, key=lambda candidate: -candidate.score)

    def _suggested(self, context: RepairContext, cancel: CancelToken) -> list[Candidate]:
        if self.worker is None or self.format is None:
            return []
        try:
            return model.suggest(context, self.worker, self.format, cancel=cancel)
        except ModelError as error:
            self._give_up(error)
            return []

    def _judged(
        self, candidates: list[Candidate], context: RepairContext, cancel: CancelToken
    ) -> list[Candidate]:
        """The candidates with the model's likelihood for their score, where there is a model."""
        if self.worker is None or self.format is None:
            return candidates
        try:
            return model.score(context, candidates, self.worker, self.format, cancel=cancel)
        except ModelError as error:
            self._give_up(error)
            return candidates

    def _give_up(self, error: ModelError) -> None:
        self.problem = f"{error}. {error.hint}" if error.hint else str(error)
        self.worker = None


class _Scale:
    """Puts a function's candidates in order by prior and likelihood together.

    The scores are shifted so that some of the first ones is right as probably as their priors say:
    so they compare with those of other functions, and of candidates that were not judged.
    """

    def __init__(self) -> None:
        self._shift: float | None = None

    def weigh(self, by_prior: list[Candidate], by_model: list[Candidate]) -> list[Candidate]:
        """The candidates with their scores by both."""
        if all(one.log_likelihood is None for one in by_model):  # the model failed, or saw nothing
            return by_prior
        scores = [
            _PRIOR * prior.score + _LIKELIHOOD * max(_UNREADABLE, judged.score)
            for prior, judged in zip(by_prior, by_model, strict=True)
        ]
        if self._shift is None:
            self._shift = _log_sum(one.score for one in by_prior) - _log_sum(scores)
        return [
            replace(one, score=score + self._shift)
            for one, score in zip(by_model, scores, strict=True)
        ]


def _log_sum(logs: Iterable[float]) -> float:
    values = list(logs)
    most = max(values)
    return most + math.log(sum(math.exp(value - most) for value in values))
