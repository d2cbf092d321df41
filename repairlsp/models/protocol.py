"""What the client and the model worker say to each other: one JSON object per line, UTF-8.

Request: `{"id": 1, "op": OP, ...}`; reply: `{"id": 1, "result": {...}}` or
`{"id": 1, "error": {"kind": KIND, "message": ..., "hint": ...}}`. One request at a time is
computed; replies come in the order of the requests. `cancel` and `stop` have no reply of their own.

| op        | fields                                              | result                        |
|-----------|-----------------------------------------------------|-------------------------------|
| `hello`   |                                                     | the fields of `ModelInfo`     |
| `suggest` | `prompt`, `beams`, `max_new_tokens`                 | `suggestions`: `Suggestion`s, |
|           |                                                     | `usage`: the fields of `Usage`|
| `score`   | `prompt`, `continuations`, `ended`                  | `scores`: `Score`s            |
| `cancel`  | `id` of the request to give up                      |                               |
| `stop`    |                                                     |                               |

An error whose `id` is null ends the conversation: the model could not be loaded. One of the kind
`out-of-memory` does, too: who knows what the runtime could not finish.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from repairlsp.errors import ModelError

ErrorKind = Literal[
    "bad-model", "bad-request", "prompt-too-long", "cancelled", "out-of-memory", "internal"
]


class PromptTooLongError(ModelError):
    """The prompt leaves no room for an answer in the model's context."""


class BadRequestError(ValueError):
    """A field of a request is missing or of the wrong kind."""


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """The loaded model, as the worker's `hello` tells it. Lengths in tokens, memory in bytes."""

    name: str
    architecture: str
    prompt_family: str
    precision: str
    parameters: int
    context_length: int
    threads: int
    rss_bytes: int


class Suggestion(NamedTuple):
    """An answer the model wrote, without its end token.

    `log_likelihood` is natural, summed over `tokens` tokens, the end token included.
    """

    text: str
    log_likelihood: float
    tokens: int


class Score(NamedTuple):
    """How likely the model finds a continuation: as in `Suggestion`, the end token included.

    `log_likelihood` is minus infinity for a continuation that does not fit the context.
    """

    log_likelihood: float
    tokens: int


class Usage(NamedTuple):
    """What suggesting took, in tokens and seconds: to read prompts, and to write answers.

    A search writes more than it returns: `output_tokens` counts every hypothesis that it extended.
    """

    prompt_tokens: int = 0
    output_tokens: int = 0
    prefill_seconds: float = 0.0
    decode_seconds: float = 0.0

    def plus(self, other: Usage) -> Usage:
        """The sum of both."""
        return Usage(
            self.prompt_tokens + other.prompt_tokens,
            self.output_tokens + other.output_tokens,
            self.prefill_seconds + other.prefill_seconds,
            self.decode_seconds + other.decode_seconds,
        )
