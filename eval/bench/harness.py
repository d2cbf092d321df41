#!/usr/bin/env python3
"""What does `repair-eval` itself cost, and does it use a second process?

    python eval/bench/harness.py --only python
    python eval/bench/harness.py --config templates --only 'python/s*' --overhead

Runs the configurations on a suite with one process, and with two. *Overhead* is the share of the
wall time of one process that is neither generation nor the run of a test command: starting
processes, copies of projects, diffs, the store; at most 5 % of a run. *Scaling* is the first wall
time divided by the second, at least 1.8; a search runs two tests at a time by itself, so measure
scaling with the controls (the default), whose time is all judging. What a run takes when nothing is
left to do is said too: it is paid once, so choose twenty defects or more. On a quiet machine, and
more than once.
"""

from __future__ import annotations

import argparse
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from repair_eval.store import read_run

SUITE = Path(__file__).resolve().parents[2] / "defects"
_MAIN = "import sys; from repair_eval.main import main; sys.exit(main())"


def timed(options: argparse.Namespace, out: Path, jobs: int, *more: str) -> float:
    """Wall seconds of a whole run."""
    words = [
        "run",
        options.suite,
        "--out",
        out,
        "--jobs",
        jobs,
        "--sandbox",
        options.sandbox,
        *more,
    ]
    words += [word for name in options.config for word in ("--config", name)]
    words += [word for pattern in options.only for word in ("--only", pattern)]
    command = [sys.executable, "-c", _MAIN, *map(str, words)]
    begun = time.monotonic()
    subprocess.run(command, check=True, capture_output=True)
    return time.monotonic() - begun


class Work(NamedTuple):
    """Seconds of generation and of test commands in a run."""

    generation: float
    tests: float


def work(out: Path) -> Work:
    with closing(sqlite3.connect(out)) as connection:
        (judging,) = connection.execute("SELECT total(test_seconds) FROM judgement").fetchone()
        (reference,) = connection.execute("SELECT total(seconds) FROM reference").fetchone()
    generation = sum(attempt.seconds for attempt in read_run(out).attempts)
    return Work(generation, float(judging) + float(reference))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--suite", type=Path, default=SUITE)
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--config", action="append", default=[])
    parser.add_argument("--sandbox", default="auto")
    parser.add_argument("--overhead", action="store_true", help="one process only")
    options = parser.parse_args()
    options.config = options.config or ["noop", "gold"]
    with tempfile.TemporaryDirectory() as folder:
        one, two = Path(folder) / "1.sqlite", Path(folder) / "2.sqlite"
        alone = timed(options, one, 1)
        own = work(one)
        rest = alone - sum(own)
        print(f"1 process: {alone:.1f} s: generation {own.generation:.1f}, tests {own.tests:.1f}")
        once = timed(options, one, 1, "--resume")
        print(
            f"overhead: {rest:.1f} s, {rest / alone:.1%} (at most 5 %); {once:.1f} s are paid once"
            f" in a run, without them {(rest - once) / (alone - once):.1%}"
        )
        if options.overhead:
            return
        together = timed(options, two, 2)
        print(f"2 processes: {together:.1f} s, {alone / together:.2f} times as fast (at least 1.8)")


if __name__ == "__main__":
    main()
