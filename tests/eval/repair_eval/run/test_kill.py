"""kill -9 at any moment, then `--resume`: the table of an undisturbed run."""

from __future__ import annotations

import contextlib
import random
import sqlite3
import subprocess
import time
from pathlib import Path

import psutil
import pytest
from repair_eval.store import is_blank

from tests.eval.repair_eval.copies import copy_defect
from tests.eval.repair_eval.run.commands import finish, run_words, start, table

HANDFUL = (
    "python/duration-parts",
    "python/percentage-column",
    "python/week-labels",
    "javascript/version-order",
    "c/hex-dump-padding",
)


def _kept(out: Path) -> set[object]:
    """The attempts that are stored, with the time that each took: made again, it would differ."""
    if not out.exists() or is_blank(out):
        return set()
    with sqlite3.connect(out) as connection:
        return set(connection.execute("SELECT configuration, defect, repeat, result FROM attempt"))


def _kill(words: list[str], after: float) -> bool:
    """Start a run and kill its main process after some seconds. False where it ended before. Its
    workers must follow."""
    process = start(*words)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(after)
    try:
        family = psutil.Process(process.pid).children(recursive=True)
    except psutil.NoSuchProcess:
        family = []
    if process.poll() is not None:
        process.communicate()
        return False
    process.kill()
    process.communicate()
    _, alive = psutil.wait_procs(family, timeout=20)
    assert not alive
    return True


def _survives(suite: Path, folder: Path, configs: list[str | Path], kills: int, *more: str) -> None:
    undisturbed, out = folder / "undisturbed.sqlite", folder / "killed.sqlite"
    begun = time.monotonic()
    finish(*run_words(suite, undisturbed, configs, *more))
    whole = time.monotonic() - begun
    words = [*run_words(suite, out, configs, *more), "--resume"]
    moments = random.Random(20)
    for _ in range(kills):
        before = _kept(out)
        _kill(words, moments.uniform(0.05, whole * 0.4))  # not so late that few kills end it all
        assert before <= _kept(out)
    finish(*words)
    assert table(out) == table(undisturbed)


def test_a_run_that_was_killed_goes_on_where_it_was(tmp_path: Path):
    suite = tmp_path / "suite"
    copy_defect("python/duration-parts", suite)
    _survives(suite, tmp_path, ["noop", "gold"], 3, "--repeats", "2")


@pytest.mark.slow
def test_twenty_kills_change_nothing(tmp_path: Path):
    """The controls, whose answers do not depend on time: every field has to be the same."""
    suite = tmp_path / "suite"
    for id_ in HANDFUL:
        copy_defect(id_, suite)
    _survives(suite, tmp_path, ["noop", "gold"], 20, "--repeats", "3", "--jobs", "2")
