"""A model folder of onnxruntime-genai's model builder, run in this process: Phi-3-mini and kin."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Collection
from pathlib import Path
from typing import Any

from repair_eval.configs.spec import Sampling
from repair_eval.sources.language_model import Reply
from repair_eval.sources.prompting import Prompt
from repairlsp.errors import CancelledError, ModelError
from repairlsp.types import CancelToken


class Onnx:
    """A loaded folder. Raises ModelError where the runtime cannot load it."""

    def __init__(self, spec: Sampling, threads: int | None) -> None:
        # Before the import, which otherwise sends an event by itself.
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"
        import onnxruntime_genai

        folder = Path(spec.model).expanduser()
        if not (folder / "genai_config.json").is_file():
            raise ModelError(
                f"{folder} is no model folder: it has no genai_config.json",
                "build one with `python -m onnxruntime_genai.models.builder`, or name another",
            )
        self._spec = spec
        self._runtime: Any = onnxruntime_genai
        self._runtime.disable_telemetry_events()
        try:
            config = self._runtime.Config(str(folder))
            if count := spec.threads or threads:
                options = {"intra_op_num_threads": count}
                config.overlay(json.dumps({"model": {"decoder": {"session_options": options}}}))
            self._model = self._runtime.Model(config)
            self._tokenizer = self._runtime.Tokenizer(self._model)
        except Exception as error:  # the bindings raise bare RuntimeError and others
            raise ModelError(f"the model runtime cannot load {folder}: {error}") from error

    def ask(self, prompt: Prompt, seed: int, cancel: CancelToken) -> Reply:
        """See `LanguageModel`."""
        deadline = time.monotonic() + self._spec.seconds
        try:
            # Line pointers are special tokens, and in a chat special tokens are noise.
            skip = "false" if prompt.text else "true"
            self._tokenizer.update_options(skip_special_tokens=skip)
            tokens = self._tokenizer.encode(prompt.text or self._chat(prompt))
            generator = self._generator(len(tokens), seed)
            begun = time.monotonic()
            generator.append_tokens(tokens)
            decoding = time.monotonic()
            written = []
            while not generator.is_done():
                if cancel.is_set():
                    raise CancelledError
                if time.monotonic() > deadline:
                    raise ModelError(f"no whole answer within {self._spec.seconds:.0f} s")
                generator.generate_next_token()
                written.append(int(generator.get_next_tokens()[0]))
            ended = time.monotonic()
            text = self._tokenizer.decode(written) if written else ""
        except (CancelledError, ModelError):
            raise
        except Exception as error:
            raise ModelError(f"the model runtime failed: {error}") from error
        return Reply(text, len(tokens), len(written), decoding - begun, ended - decoding)

    def processes(self) -> Collection[int]:
        """It runs in this process."""
        return ()

    def close(self) -> None:
        """Give the memory back."""
        del self._model, self._tokenizer

    def _chat(self, prompt: Prompt) -> str:
        messages = json.dumps([message._asdict() for message in prompt.messages])
        return str(self._tokenizer.apply_chat_template(messages, add_generation_prompt=True))

    def _generator(self, prompt_tokens: int, seed: int) -> Any:
        parameters = self._runtime.GeneratorParams(self._model)
        sampled = self._spec.temperature > 0
        # Zero is no limit: a folder's own configuration would have 50.
        nucleus = {"temperature": self._spec.temperature, "top_p": self._spec.top_p, "top_k": 0}
        parameters.set_search_options(
            max_length=prompt_tokens + self._spec.max_tokens,
            do_sample=sampled,
            random_seed=seed % 2**31,
            **(nucleus if sampled else {}),
        )
        return self._runtime.Generator(self._model, parameters)
