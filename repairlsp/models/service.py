"""What the worker answers: checks a request's fields, asks the session, shapes the reply.

Runs in the worker process only; importing this file loads onnxruntime-genai.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, cast

import numpy as np
import psutil
from numpy.typing import NDArray

from repairlsp.models.likelihood import log_likelihoods
from repairlsp.models.manifest import Manifest
from repairlsp.models.protocol import BadRequestError, ModelInfo, PromptTooLongError, Usage
from repairlsp.models.search import n_best
from repairlsp.models.session import Session

Fields = Mapping[str, Any]


class Service:
    """The operations on one loaded model. Raises ModelError when it cannot be loaded."""

    def __init__(
        self, folder: Path, manifest: Manifest, *, threads: int | None, stop: Callable[[], bool]
    ) -> None:
        self._manifest = manifest
        self._session = Session(folder, threads=threads, stop=stop)
        self._end = min(self._session.end_tokens)
        self.operations: dict[str, Callable[[Fields], dict[str, Any]]] = {
            "hello": self.hello,
            "suggest": self.suggest,
            "score": self.score,
        }

    def hello(self, _fields: Fields) -> dict[str, Any]:
        """What is loaded, and the process's resident memory now."""
        info = ModelInfo(
            name=self._manifest.name,
            architecture=self._manifest.architecture,
            prompt_family=self._manifest.prompt_family,
            precision=self._manifest.precision,
            parameters=self._manifest.parameters,
            context_length=self._session.context_length,
            threads=self._session.threads,
            rss_bytes=psutil.Process().memory_info().rss,
        )
        return asdict(info)

    def suggest(self, fields: Fields) -> dict[str, Any]:
        """The likeliest answers to a prompt, best first, each text once."""
        beams = _integer(fields, "beams", least=1, most=256)
        longest = _integer(fields, "max_new_tokens", least=1, most=4096)
        prompt = self._prompt(fields)
        longest = min(longest, self._session.context_length - len(prompt))
        self._session.reserve(len(prompt) + longest)
        seconds: list[float] = []

        def next_log_probs(tokens: tuple[int, ...]) -> NDArray[np.float64]:
            begun = time.monotonic()
            rows = self._session.log_probs([*prompt, *tokens])
            seconds.append(time.monotonic() - begun)
            return cast("NDArray[np.float64]", rows[-1])

        answers = n_best(
            next_log_probs,
            beams=beams,
            max_new_tokens=longest,
            end_tokens=self._session.end_tokens,
        )
        suggestions: dict[str, dict[str, Any]] = {}
        for answer in answers:
            text = self._session.decode(answer.tokens[:-1])
            # Two token sequences can spell one text; the likelier came first.
            suggestions.setdefault(
                text,
                {
                    "text": text,
                    "log_likelihood": answer.log_likelihood,
                    "tokens": len(answer.tokens),
                },
            )
        # The first evaluation reads the prompt; each later one extends a hypothesis by a token.
        usage = Usage(len(prompt), len(seconds) - 1, seconds[0], sum(seconds[1:]))
        return {"suggestions": list(suggestions.values()), "usage": usage._asdict()}

    def score(self, fields: Fields) -> dict[str, Any]:
        """Log-likelihood of each continuation followed by the end token; null: does not fit.

        With `ended` false, of what begins with the continuation.
        """
        continuations = fields.get("continuations")
        if not isinstance(continuations, list):
            raise BadRequestError("'continuations' must be a list of strings")
        prompt = self._prompt(fields)
        end = [self._end] if fields.get("ended", True) else []
        tokens = [[*self._encode(text), *end] for text in continuations]
        room = self._session.context_length - len(prompt) + 1  # the last token is never fed
        fitting = [index for index, each in enumerate(tokens) if len(each) <= room]
        longest = max((len(tokens[index]) for index in fitting), default=1)
        self._session.reserve(len(prompt) + longest - 1)
        values: list[float | None] = [None] * len(tokens)
        scores = log_likelihoods(self._session.log_probs, prompt, [tokens[i] for i in fitting])
        for index, value in zip(fitting, scores, strict=True):
            values[index] = value if math.isfinite(value) else None
        return {
            "scores": [
                {"log_likelihood": value, "tokens": len(each)}
                for value, each in zip(values, tokens, strict=True)
            ]
        }

    def _prompt(self, fields: Fields) -> list[int]:
        tokens = self._encode(fields.get("prompt"))
        if not tokens:
            raise BadRequestError("'prompt' must not be empty")
        if len(tokens) >= self._session.context_length:
            raise PromptTooLongError(
                f"the prompt has {len(tokens)} tokens; the model takes fewer than "
                f"{self._session.context_length}",
                "Choose a smaller function or a model with a longer context.",
            )
        return tokens

    def _encode(self, text: object) -> list[int]:
        if not isinstance(text, str):
            raise BadRequestError("a prompt and each continuation must be a string")
        try:
            return self._session.encode(text)
        except ValueError as error:
            raise BadRequestError(str(error)) from error


def _integer(fields: Fields, name: str, *, least: int, most: int) -> int:
    value = fields.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise BadRequestError(f"{name!r} must be a whole number from {least} to {most}")
    return value
