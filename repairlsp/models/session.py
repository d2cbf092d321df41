"""A loaded model: text to tokens and back, and log-probabilities, with one key-value cache.

Runs in the worker process only; importing this file loads onnxruntime-genai.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime_genai as og
import psutil
from numpy.typing import NDArray

from repairlsp.errors import CancelledError, ModelError
from repairlsp.models.likelihood import shared_prefix

og.disable_telemetry_events()

_FIRST_CHUNK = 32
_SLOW_CHUNK_SECONDS = 0.15
"""A cancel is seen between chunks, so a chunk of the prompt should take less than 200 ms."""
_CAPACITY_STEP = 512


class Session:
    """A model and the key-value cache of the token sequence that it was last asked about.

    `stop` is asked between evaluations whether to give up.
    Not thread-safe. Raises ModelError when the runtime cannot load the folder.
    """

    def __init__(
        self, folder: Path, *, threads: int | None = None, stop: Callable[[], bool] = lambda: False
    ) -> None:
        self.threads = threads or default_threads()
        self._stop = stop
        try:
            config = og.Config(str(folder))
            config.overlay(_overlay(self.threads))
            self._model = og.Model(config)
            self._tokenizer = og.Tokenizer(self._model)
            # Line pointers are special tokens; by default decoding leaves those out.
            self._tokenizer.update_options(skip_special_tokens="false")
        except Exception as error:  # the bindings raise bare RuntimeError and others
            raise ModelError(
                f"the model runtime cannot load {folder}: {error}",
                "Pull or build the model again, or choose another with --model.",
            ) from error
        settings = json.loads((folder / "genai_config.json").read_text("utf-8"))["model"]
        self.context_length = int(settings["context_length"])
        self.end_tokens = frozenset(int(token) for token in self._tokenizer.eos_token_ids)
        self._generator: Any = None
        self._capacity = 0
        self._held: list[int] = []
        self._chunk = _FIRST_CHUNK

    # ----------------------------------------------------------------- text and tokens

    def encode(self, text: str) -> list[int]:
        """Token ids; special tokens in the text are recognised.

        Raises ValueError for NUL and lone surrogates, which no Python source can hold.
        """
        if "\0" in text:
            # The runtime's tokenizer takes C strings and would silently stop at it.
            raise ValueError("the text holds a NUL character")
        text.encode("utf-8")
        return [int(token) for token in self._tokenizer.encode(text)] if text else []

    def decode(self, tokens: Sequence[int]) -> str:
        """The text of the tokens, special tokens spelled out."""
        if not tokens:
            return ""
        return str(self._tokenizer.decode(np.asarray(tokens, dtype=np.int32)))

    # ----------------------------------------------------------------- log-probabilities

    def reserve(self, tokens: int) -> None:
        """Make room for sequences of `tokens` tokens. The cache is allocated in full, ahead."""
        if tokens <= self._capacity:
            return
        capacity = min(self.context_length, -(-tokens // _CAPACITY_STEP) * _CAPACITY_STEP)
        self._generator = None  # give the old cache back before the new one is allocated
        parameters = og.GeneratorParams(self._model)
        parameters.set_search_options(max_length=capacity, do_sample=False, num_beams=1)
        self._generator = og.Generator(self._model, parameters)
        self._capacity = capacity
        self._held = []

    def log_probs(self, tokens: Sequence[int], last: int = 1) -> NDArray[np.float64]:
        """Natural log-probabilities of the token after each of the last `last` of `tokens`.

        Shape (last, vocabulary). Only what differs from the sequence of the call before is
        evaluated. Raises CancelledError when `stop` says so.
        """
        if not 1 <= last <= len(tokens) <= self.context_length:
            raise ValueError(f"{last} of {len(tokens)} tokens, context {self.context_length}")
        self.reserve(len(tokens))
        wanted = len(tokens) - last
        # At least two tokens at a time: for a single one the runtime takes another matrix kernel,
        # whose last bits differ, so that a score would depend on what was asked before.
        start = min(shared_prefix(self._held, tokens), wanted, max(len(tokens) - 2, 0))
        if start < len(self._held):
            self._generator.rewind_to(start)
            del self._held[start:]
        rows = []
        for low, high in self._chunks(start, len(tokens)):
            if self._stop():
                raise CancelledError
            begun = time.monotonic()
            self._append(tokens[low:high])
            if high > wanted:
                rows.append(self._generator.get_output("logits")[0][max(wanted - low, 0) :])
            self._adapt(high - low, time.monotonic() - begun)
        return _log_softmax(np.concatenate(rows))

    def _append(self, tokens: Sequence[int]) -> None:
        try:
            self._generator.append_tokens(np.asarray(tokens, dtype=np.int32))
        except Exception:
            self._generator, self._capacity, self._held = None, 0, []  # its state is unknown
            raise
        self._held.extend(tokens)

    def _chunks(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        while start < end:
            stop = start + self._chunk
            if stop >= end - 1:  # never a last chunk of one token
                stop = end
            yield start, stop
            start = stop

    def _adapt(self, tokens: int, seconds: float) -> None:
        """Larger chunks on a fast model (each costs a fixed time), smaller on a slow one."""
        if seconds > _SLOW_CHUNK_SECONDS:
            self._chunk = max(4, self._chunk // 2)
        elif tokens >= self._chunk and seconds < _SLOW_CHUNK_SECONDS / 3:
            self._chunk = min(512, self._chunk * 2)


def default_threads() -> int:
    """Physical cores that this process may use."""
    physical = psutil.cpu_count(logical=False) or 1
    allowed = len(psutil.Process().cpu_affinity()) if psutil.LINUX else physical
    return max(1, min(physical, allowed))


def _overlay(threads: int) -> str:
    """Session options. Without spinning: while tests or an editor use the cores too, threads that
    spin made small evaluations 1.4 times slower, and on idle cores won nothing."""
    options = {"intra_op_num_threads": threads, "session.intra_op.allow_spinning": "0"}
    return json.dumps({"model": {"decoder": {"session_options": options}}})


def _log_softmax(logits: NDArray[np.float32]) -> NDArray[np.float64]:
    shifted = logits.astype(np.float64)
    shifted -= shifted.max(axis=-1, keepdims=True)
    shifted -= np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return shifted
