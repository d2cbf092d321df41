"""A model worker that remembers how it failed."""

from __future__ import annotations

from collections.abc import Sequence

from repairlsp.errors import ModelError
from repairlsp.models.client import ModelWorker, PromptTooLongError, Score, Suggestion, Usage
from repairlsp.types import CancelToken


class MeteredWorker(ModelWorker):
    """`failure` is what the engine would go on without, for it prefers half a search to none: a
    measurement does not."""

    failure: ModelError | None = None

    def reset(self) -> None:
        """Begin to count anew."""
        self.usage, self.failure = Usage(), None

    def suggest(
        self,
        prompt: str,
        *,
        beams: int = 16,
        max_new_tokens: int = 96,
        seconds: float = 120.0,
        cancel: CancelToken | None = None,
    ) -> list[Suggestion]:
        """As `ModelWorker.suggest`."""
        try:
            return super().suggest(
                prompt, beams=beams, max_new_tokens=max_new_tokens, seconds=seconds, cancel=cancel
            )
        except PromptTooLongError:
            raise  # an answer of the model, not a breakdown
        except ModelError as error:
            self.failure = error
            raise

    def score(
        self,
        prompt: str,
        continuations: Sequence[str],
        *,
        ended: bool = True,
        seconds: float = 120.0,
        cancel: CancelToken | None = None,
    ) -> list[Score]:
        """As `ModelWorker.score`."""
        try:
            return super().score(prompt, continuations, ended=ended, seconds=seconds, cancel=cancel)
        except PromptTooLongError:
            raise
        except ModelError as error:
            self.failure = error
            raise
