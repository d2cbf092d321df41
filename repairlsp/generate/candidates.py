"""All candidates for one suspicious function, from templates and the model."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from repairlsp.errors import ModelError
from repairlsp.generate import model, templates
from repairlsp.generate.prompt import PromptFormat
from repairlsp.models.client import ModelWorker
from repairlsp.source import SourceText
from repairlsp.types import CancelToken, Candidate, RepairContext

_CHUNK = 40
_SCORED = 120
"""Templates that the model reads for a suggestion: at 5 to 10 ms each, about a second."""


@dataclass
class Generator:
    """Makes candidates. `worker` is None where only templates are wanted.

    A model that fails does not end the search: `problem` then says what happened, and templates
    go on alone.
    """

    worker: ModelWorker | None
    format: PromptFormat | None
    use_templates: bool = True
    problem: str = ""

    def for_tests(
        self, source: SourceText, context: RepairContext, cancel: CancelToken
    ) -> Iterator[list[Candidate]]:
        """Candidates for tests to decide on, in batches as they get known.

        A `score` is the logarithm of about the probability that the edit is the fix, whoever says
        so: a template's prior or the model's likelihood, each times the line's suspiciousness.
        (Having the model judge the templates' edits too costs seconds, and on held-out bugs their
        prior alone ranked better: eval/bench/ranking.py.) Raises CancelledError.
        """
        proposed = templates.propose(source, context) if self.use_templates else iter(())
        yield list(islice(proposed, _CHUNK))
        where = math.log(max(context.suspiciousness.values(), default=1.0))
        yield [replace(one, score=one.score + where) for one in self._suggested(context, cancel)]
        while not cancel.is_set() and (chunk := list(islice(proposed, _CHUNK))):
            yield chunk

    def for_reading(
        self, source: SourceText, context: RepairContext, cancel: CancelToken
    ) -> list[Candidate]:
        """Candidates for a person to decide on, best first: those that the model, which reads the
        diagnostic, finds likeliest. Without a model, what templates have. Raises CancelledError.
        """
        found = self._suggested(context, cancel)
        if self.use_templates:
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
        self.problem = str(error)
        self.worker = None
