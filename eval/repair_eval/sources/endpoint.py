"""An OpenAI-compatible endpoint: Ollama, vLLM, llama.cpp's server, LM Studio, hosted ones."""

from __future__ import annotations

import http.client
import json
import os
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any

from repair_eval.configs.spec import Sampling
from repair_eval.sources.language_model import Reply
from repair_eval.sources.prompting import Prompt
from repairlsp.errors import CancelledError, ModelError
from repairlsp.types import CancelToken

_PROBE_SECONDS = 10.0
_MAX_SAID = 300


class Endpoint:
    """A model behind `POST url/chat/completions`, or `/completions` for a prompt that is a text.

    Raises ModelError where a key is wanted and its variable is not set.
    """

    def __init__(self, spec: Sampling) -> None:
        self._spec = spec
        self._headers = {"Content-Type": "application/json"}
        if spec.key_variable:
            key = os.environ.get(spec.key_variable)
            if not key:
                raise ModelError(
                    f"the environment variable {spec.key_variable} is not set",
                    f"set it to the key of {spec.url}",
                )
            self._headers["Authorization"] = f"Bearer {key}"

    def probe(self) -> None:
        """Raises ModelError where nothing answers at the endpoint, or it lacks the model."""
        listed = self._exchange("models", None, _PROBE_SECONDS).get("data")
        names = [one.get("id") for one in listed or () if isinstance(one, dict)]
        if names and self._spec.model not in names:
            raise ModelError(
                f"{self._spec.url} has no model {self._spec.model!r}",
                f"it has: {', '.join(map(str, names[:10]))}",
            )

    def ask(self, prompt: Prompt, seed: int, cancel: CancelToken) -> Reply:
        """See `LanguageModel`. A request that is on its way is not given up on a cancel."""
        if cancel.is_set():
            raise CancelledError
        body: dict[str, Any] = {
            "model": self._spec.model,
            "temperature": self._spec.temperature,
            "top_p": self._spec.top_p,
            "max_tokens": self._spec.max_tokens,
            "seed": seed % 2**31,
            **dict(self._spec.extra),
        }
        if prompt.text:
            body |= {"prompt": prompt.text, "stop": [prompt.stop]}
            answer = self._exchange("completions", body, self._spec.seconds)
        else:
            body["messages"] = [message._asdict() for message in prompt.messages]
            answer = self._exchange("chat/completions", body, self._spec.seconds)
        return self._reply(answer)

    def processes(self) -> None:
        """It runs somewhere else."""

    def close(self) -> None:
        """Nothing to end."""

    def _reply(self, answer: Mapping[str, Any]) -> Reply:
        try:
            choice = answer["choices"][0]
            text = choice["text"] if "text" in choice else choice["message"]["content"]
        except (KeyError, IndexError, TypeError) as error:
            said = json.dumps(answer)[:_MAX_SAID]
            raise ModelError(f"{self._spec.url} answers without a choice: {said}") from error
        usage = answer.get("usage") or {}
        timings = answer.get("timings") or {}  # llama.cpp's server
        return Reply(
            text=text or "",
            prompt_tokens=usage.get("prompt_tokens"),
            output_tokens=usage.get("completion_tokens"),
            prefill_seconds=_seconds(timings.get("prompt_ms")),
            decode_seconds=_seconds(timings.get("predicted_ms")),
        )

    def _exchange(
        self, path: str, body: Mapping[str, Any] | None, seconds: float
    ) -> Mapping[str, Any]:
        url = f"{self._spec.url}/{path}"
        data = None if body is None else json.dumps(body).encode("utf-8")
        request = urllib.request.Request(url, data, self._headers)
        try:
            with urllib.request.urlopen(request, timeout=seconds) as response:
                answer = json.load(response)
        except urllib.error.HTTPError as error:
            said = error.read(_MAX_SAID).decode("utf-8", "replace")
            raise ModelError(f"{url}: HTTP {error.code}: {said}") from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise ModelError(f"{url}: {error}", "is the server running?") from error
        if not isinstance(answer, dict):
            raise ModelError(f"{url}: not a JSON object")
        return answer


def _seconds(milliseconds: float | None) -> float | None:
    return None if milliseconds is None else milliseconds / 1000
