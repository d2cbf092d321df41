"""What a language model is to a sampling source, whichever runtime serves it."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple, Protocol

from repair_eval.sources.prompting import Prompt
from repairlsp.types import CancelToken


class Reply(NamedTuple):
    """One sampled answer. What a runtime does not tell is None; `log_likelihood` is natural."""

    text: str
    prompt_tokens: int | None = None
    output_tokens: int | None = None
    prefill_seconds: float | None = None
    decode_seconds: float | None = None
    log_likelihood: float | None = None


class LanguageModel(Protocol):
    """A model that is ready to be asked."""

    def ask(self, prompt: Prompt, seed: int, cancel: CancelToken) -> Reply:
        """One answer; equal seeds give equal answers where the runtime can do that.

        Raises ModelError where the runtime broke down or took too long, CancelledError.
        """
        ...

    def processes(self) -> Collection[int] | None:
        """As `Source.processes`."""
        ...

    def close(self) -> None:
        """Give the memory back."""
        ...
