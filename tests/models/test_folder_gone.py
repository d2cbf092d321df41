"""The model's folder is deleted, or replaced, while the model is loaded; or while it is being
loaded, after its check (check 25)."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
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


CHANGED_AFTER_THE_CHECK = """
import sys
from pathlib import Path
from repairlsp.models import service, worker

class Service(service.Service):
    def __init__(self, folder, *rest, **more):
        super().__init__(folder, *rest, **more)
        if sys.argv[2] == "changed":
            (folder / "genai_config.json").chmod(0o600)  # writing is forbidden to it

service.Service = Service
sys.exit(worker.main([sys.argv[1]]))
"""


@pytest.mark.parametrize("when", ["changed", "left alone"])
def test_what_is_loaded_is_what_was_checked(model_copy: Path, when: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", CHANGED_AFTER_THE_CHECK, str(model_copy), when],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin and process.stdout
        process.stdin.write('{"id": 1, "op": "hello"}\n')
        process.stdin.flush()
        answer = json.loads(process.stdout.readline())
        if when == "changed":
            assert process.wait(timeout=60) == 3  # before its input ends, which would end it, too
    if when == "changed":
        assert "was changed while it was loaded" in answer["error"]["message"]
    else:
        assert answer["result"]["architecture"]
