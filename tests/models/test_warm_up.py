"""The model loads ahead of the first request, and goes as after one."""

from __future__ import annotations

from pathlib import Path

import pytest

from repairlsp.errors import ModelError
from repairlsp.models.catalog import resolve
from repairlsp.models.client import ModelWorker
from tests.models.processes import wait_until_gone


def test_a_worker_that_was_warmed_up_answers_and_is_gone_afterwards() -> None:
    with ModelWorker(resolve(None), threads=1) as worker:
        worker.warm_up()
        pid = worker.pid
        assert pid is not None
        worker.warm_up()
        assert worker.hello().architecture == "Phi3ForCausalLM"
        assert worker.pid == pid
    assert wait_until_gone(pid, seconds=2)


def test_a_worker_that_is_closed_while_it_warms_up_is_gone() -> None:
    worker = ModelWorker(resolve(None), threads=1)
    worker.warm_up()
    pid = worker.pid
    assert pid is not None
    worker.close()
    assert wait_until_gone(pid, seconds=2)
    with pytest.raises(ModelError, match="closed"):
        worker.hello()


def test_what_is_wrong_with_a_model_is_told_by_the_request_that_follows(tmp_path: Path) -> None:
    with ModelWorker(tmp_path / "none", threads=1) as worker:
        worker.warm_up()
        with pytest.raises(ModelError):
            worker.hello()
