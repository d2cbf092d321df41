"""A model worker that remembers what it was asked for and how it failed."""

from __future__ import annotations

import time
from collections.abc import Sequence

from repairlsp.errors import ModelError
from repairlsp.models.client import ModelWorker, PromptTooLongError, Score, Suggestion
from repairlsp.types import CancelToken


class MeteredWorker(ModelWorker):
    """`output_tokens` of the answers and `seconds` of all requests since `reset`; `failure` is what
    the engine would go on without, for it prefers half a search to none."""

    output_tokens = 0
    seconds = 0.0
    failure: ModelError | None = None

    def reset(self) -> None:
        """Begin to count anew."""
        self.output_tokens, self.seconds, self.failure = 0, 0.0, None

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
        begun = time.monotonic()
        try:
            found = super().suggest(
                prompt, beams=beams, max_new_tokens=max_new_tokens, seconds=seconds, cancel=cancel
            )
        except PromptTooLongError:
            raise  # an answer of the model, not a breakdown
        except ModelError as error:
            self.failure = error
            raise
        finally:
            self.seconds += time.monotonic() - begun
        self.output_tokens += sum(each.tokens for each in found)
        return found

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
        begun = time.monotonic()
        try:
            return super().score(prompt, continuations, ended=ended, seconds=seconds, cancel=cancel)
        except PromptTooLongError:
            raise
        except ModelError as error:
            self.failure = error
            raise
        finally:
            self.seconds += time.monotonic() - begun
