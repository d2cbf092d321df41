"""The same run over dask.distributed, with a worker lost midway."""

from __future__ import annotations

import contextlib
import os
import signal
import sqlite3
import time
from pathlib import Path

import pytest

from tests.eval.repair_eval.copies import copy_defect
from tests.eval.repair_eval.run.commands import finish, run_words, start, table


def _stored(out: Path) -> int:
    """How many attempts are stored."""
    if not out.exists():
        return 0
    with contextlib.suppress(sqlite3.OperationalError), sqlite3.connect(out) as connection:
        return int(connection.execute("SELECT count(*) FROM attempt").fetchone()[0])
    return 0


@pytest.mark.slow
def test_losing_a_worker_changes_nothing(tmp_path: Path):
    distributed = pytest.importorskip("distributed", reason="needs the extra [cluster]")
    suite = tmp_path / "suite"
    for name in ("duration-parts", "percentage-column"):
        copy_defect(f"python/{name}", suite)
    more = ("--repeats", "4")
    local, out = tmp_path / "local.sqlite", tmp_path / "cluster.sqlite"
    finish(*run_words(suite, local, ["noop", "gold"], *more))
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as cluster:
        words = run_words(suite, out, ["noop", "gold"], *more)
        run = start(*words, "--cluster", cluster.scheduler_address)
        deadline = time.monotonic() + 120
        while _stored(out) < 3 and run.poll() is None and time.monotonic() < deadline:
            time.sleep(0.02)
        assert run.poll() is None, "the run ended before a worker could be lost"
        lost = cluster.workers[0].pid
        os.kill(lost, signal.SIGKILL)
        _, err = run.communicate(timeout=300)
        assert run.returncode == 0, err.decode()
        assert cluster.workers[0].pid != lost
    assert table(out) == table(local)


@pytest.mark.slow  # the client tries for 15 s
def test_an_address_without_a_scheduler_is_told(tmp_path: Path):
    pytest.importorskip("distributed", reason="needs the extra [cluster]")
    copy_defect("python/duration-parts", tmp_path / "suite")
    words = run_words(tmp_path / "suite", tmp_path / "x.sqlite", ["noop"])
    run = start(*words, "--cluster", "tcp://127.0.0.1:9")
    _, err = run.communicate(timeout=120)
    assert run.returncode == 2
    assert b"no scheduler answers at tcp://127.0.0.1:9" in err
    assert b"dask scheduler" in err
