"""A GGUF file, run by llama-cpp-python in this process (extra `[gguf]`)."""

from __future__ import annotations

import importlib
import time
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from repair_eval.configs.spec import Sampling
from repair_eval.sources.language_model import Reply
from repair_eval.sources.prompting import Prompt
from repairlsp.errors import CancelledError, ModelError
from repairlsp.types import CancelToken


class Gguf:
    """A loaded file. Raises ModelError where llama-cpp-python or the file cannot be had."""

    def __init__(self, spec: Sampling, threads: int | None) -> None:
        path = Path(spec.model).expanduser()
        try:
            llama_cpp: Any = importlib.import_module("llama_cpp")
        except ModuleNotFoundError as error:
            hint = "pip install 'repairlsp[gguf]'"
            raise ModelError("llama-cpp-python is not installed", hint) from error
        if not path.is_file():
            raise ModelError(f"there is no model file {path}", "download it, or name another")
        self._spec = spec
        try:
            self._model = llama_cpp.Llama(
                model_path=str(path),
                n_ctx=spec.context_tokens,
                n_threads=spec.threads or threads,
                verbose=False,
            )
        except (ValueError, RuntimeError, OSError) as error:
            raise ModelError(f"llama.cpp cannot load {path}: {error}") from error

    def ask(self, prompt: Prompt, seed: int, cancel: CancelToken) -> Reply:
        """See `LanguageModel`."""
        options = {
            "temperature": self._spec.temperature,
            "top_p": self._spec.top_p,
            "top_k": 0,  # no limit, as with the other runtimes; it would be 40, and min_p 0.05
            "min_p": 0.0,
            "max_tokens": self._spec.max_tokens,
            "seed": seed % 2**31,
            "stream": True,
        }
        begun = time.monotonic()
        try:
            if prompt.text:
                chunks = self._model.create_completion(prompt.text, stop=[prompt.stop], **options)
            else:
                messages = [message._asdict() for message in prompt.messages]
                chunks = self._model.create_chat_completion(messages, **options)
            pieces, first = [], None
            for piece in _pieces(chunks):
                if cancel.is_set():
                    raise CancelledError
                first = first or time.monotonic()
                pieces.append(piece)
        except (ValueError, RuntimeError) as error:
            raise ModelError(f"llama.cpp: {error}", "is the context long enough?") from error
        ended = time.monotonic()
        text = "".join(pieces)
        output_tokens = len(self._model.tokenize(text.encode("utf-8"), False, True))
        return Reply(
            text=text,
            prompt_tokens=max(self._model.n_tokens - output_tokens, 0),
            output_tokens=output_tokens,
            prefill_seconds=(first or ended) - begun,
            decode_seconds=ended - (first or ended),
        )

    def processes(self) -> Collection[int]:
        """It runs in this process."""
        return ()

    def close(self) -> None:
        """Give the memory back."""
        self._model.close()


def _pieces(chunks: Iterator[Any]) -> Iterator[str]:
    for chunk in chunks:
        choice = chunk["choices"][0]
        piece = choice["text"] if "text" in choice else choice["delta"].get("content")
        if piece:
            yield piece
