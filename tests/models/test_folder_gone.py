"""The model's folder is deleted, or replaced, while the model is loaded."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from repairlsp.errors import ModelError
from repairlsp.models.client import ModelWorker


def test_what_is_loaded_goes_on_and_the_next_start_says_what_to_do(
    model_copy: Path, shipped: Path, prompt: str
) -> None:
    with ModelWorker(model_copy, threads=1) as worker:
        before = worker.suggest(prompt, beams=2, max_new_tokens=8)
        shutil.rmtree(model_copy)
        assert worker.suggest(prompt, beams=2, max_new_tokens=8) == before
        worker.unload()  # as when it is idle
        for _ in range(2):
            with pytest.raises(ModelError) as failure:
                worker.hello()
            assert str(model_copy) in str(failure.value)
            assert failure.value.hint
            assert worker.pid is None
        shutil.copytree(shipped, model_copy)
        assert worker.suggest(prompt, beams=2, max_new_tokens=8) == before


def test_a_file_that_is_cut_short_while_it_is_read(
    model_copy: Path, shipped: Path, prompt: str
) -> None:
    """Whatever is mapped from it is gone, and reading that is the end of the worker, or it is not;
    but nobody waits for it, and a good folder is used again."""
    with ModelWorker(model_copy, threads=1) as worker:
        worker.hello()
        (model_copy / "model.onnx.data").write_bytes(b"")
        try:
            assert worker.suggest(prompt, beams=2, max_new_tokens=8, seconds=60)
        except ModelError as error:
            assert error.hint
        worker.unload()
        with pytest.raises(ModelError, match=r"model\.onnx\.data has 0 bytes"):
            worker.hello()
        shutil.copy(shipped / "model.onnx.data", model_copy)
        assert worker.suggest(prompt, beams=2, max_new_tokens=8)
