"""All candidates for one suspicious function, from templates and the model, ranked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from repairlsp.errors import ModelError
from repairlsp.generate import model, rank, templates
from repairlsp.generate.prompt import PromptFormat
from repairlsp.models.client import ModelWorker
from repairlsp.source import SourceText
from repairlsp.types import CancelToken, Candidate, RepairContext

_HEAD_START = 6
"""Templates that are tried at once, by their prior alone, while the model is still thinking."""
_SCORED = 160
"""Templates of a function that the model scores; at 5 ms each, beyond this it costs more than
running the tests."""
_CHUNK = 40


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

    def batches(
        self, source: SourceText, context: RepairContext, cancel: CancelToken
    ) -> Iterator[list[Candidate]]:
        """Candidates for a function, in batches as they get known; each has its final score.

        Raises CancelledError when `cancel` is set.
        """
        worst = max(context.suspiciousness.values(), default=1.0)
        proposed = templates.propose(source, context) if self.use_templates else iter(())
        if self.worker is not None and self.format is not None:
            yield rank.ranked(islice(proposed, _HEAD_START), worst, presumed=rank.LIKELY)
            try:
                suggestions = model.suggest(context, self.worker, self.format, cancel=cancel)
                yield rank.ranked(suggestions, worst)
                for _ in range(0, _SCORED, _CHUNK):
                    chunk = list(islice(proposed, _CHUNK))
                    scored = model.score(context, chunk, self.worker, self.format, cancel=cancel)
                    yield rank.ranked(scored, worst)
            except ModelError as error:
                self.problem = str(error)
                self.worker = None
        while not cancel.is_set() and (chunk := list(islice(proposed, _CHUNK))):
            yield rank.ranked(chunk, worst)
