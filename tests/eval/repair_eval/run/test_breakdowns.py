"""When the machinery breaks down: tried again, labelled, and counted."""

from __future__ import annotations

import os
import signal
import sqlite3
import threading
import time
from pathlib import Path
from typing import Any

import psutil
import pytest
from repair_eval.configs import load_configurations
from repair_eval.main import main
from repair_eval.record import Attempt
from repair_eval.run.pool import Pool
from repair_eval.run.tasks import Broken, Done, Generate
from repair_eval.store import read_run
from repair_eval.suite import load_suite

from tests.eval.repair_eval.copies import copy_defect, write
from tests.eval.repair_eval.run.commands import run_words
from tests.eval.repair_eval.sources.endpoint_server import serve

_ENDPOINT = """\
schema_version = 1
label = "Endpoint"

[source]
kind = "sampling"
runtime = "endpoint"
model = "coder"
localization = "given"
url = "{url}"
"""


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    copy_defect("python/duration-parts", tmp_path / "suite")
    return tmp_path / "suite"


def test_a_breakdown_is_tried_again_and_stays_in_the_denominator(suite: Path, tmp_path: Path):
    config, out = tmp_path / "endpoint.toml", tmp_path / "run.sqlite"
    with serve(lambda body: "", status=500) as served:
        write(config, _ENDPOINT.format(url=served.url))
        assert main([*run_words(suite, out, [config]), "--tries", "2"]) == 1
    assert len(served.requests) == 2
    (attempt,) = read_run(out).attempts
    assert (attempt.status, attempt.tries, attempt.samples) == ("failed", 2, ())
    assert "HTTP 500" in attempt.error
    with sqlite3.connect(out) as connection:
        rows = connection.execute("SELECT subject, try, error FROM failure").fetchall()
    assert [(subject, number) for subject, number, _ in rows] == [("generate", 1), ("generate", 2)]


def test_what_breaks_down_once_is_an_ordinary_attempt(suite: Path, tmp_path: Path):
    config, out = tmp_path / "endpoint.toml", tmp_path / "run.sqlite"
    answers = iter([None, "no code at all"])

    def answer(body: dict[str, Any]) -> str:
        said = next(answers)
        if said is None:
            raise ConnectionAbortedError  # the server hangs up
        return said

    with serve(answer) as served:
        write(config, _ENDPOINT.format(url=served.url))
        assert main(run_words(suite, out, [config])) == 0
    (attempt,) = read_run(out).attempts
    assert (attempt.status, attempt.tries) == ("done", 2)
    (sample,) = attempt.samples
    assert (sample.well_formed, sample.plausible, sample.correct) == (False, False, False)


def _generate(suite: Path, config: Path, seconds: float) -> Generate:
    (configured,) = load_configurations([str(config)])
    (defect,) = load_suite(suite).defects
    return Generate(configured, defect, 0, 0, "limits", None, False, seconds)


def _one(pool: Pool) -> Done:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if done := pool.wait(1.0):
            return done[0]
    raise AssertionError("no task ended")


def test_a_worker_that_dies_or_hangs_costs_its_own_task_only(suite: Path, tmp_path: Path):
    config = tmp_path / "endpoint.toml"
    asked, release = threading.Semaphore(0), threading.Event()

    def answer(body: dict[str, Any]) -> str:
        asked.release()
        release.wait(60)
        return ""

    with serve(answer) as served, Pool(1) as pool:
        write(config, _ENDPOINT.format(url=served.url))
        task = _generate(suite, config, 300)
        pool.submit(task)
        assert asked.acquire(timeout=60)
        (worker,) = (
            child
            for child in psutil.Process().children()
            if "spawn_main" in " ".join(child.cmdline())
        )
        os.kill(worker.pid, signal.SIGKILL)
        assert _one(pool) == Done(task, Broken("the worker process ended (signal 9)"))

        late = _generate(suite, config, 0.5)
        pool.submit(late)
        assert _one(pool) == Done(late, Broken("no result within 0.5 s"))

        release.set()
        pool.submit(task)
        last = _one(pool).outcome
        assert isinstance(last, Attempt)
        assert last.status == "done"
