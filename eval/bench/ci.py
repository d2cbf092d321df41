#!/usr/bin/env python3
"""What the CI bot costs: a one-line bug in a project with 300 tests, from clone to report.

    python eval/bench/ci.py [--runs 3] [--test-ms 20]

The bar: no more than three runs of the project's suite and 20 s. The project is made here: 30
modules with ten functions each, a test for each that takes `--test-ms`; one function is wrong. The
bot runs as a process of its own, on a clean clone, with its defaults; the suite as `pytest -q`
does. Prints the median of each, and their difference in the bar's terms. Exit code 1 above the bar.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

_MODULES, _FUNCTIONS = 30, 10
_SUITES, _SECONDS = 3, 20.0


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--test-ms", type=int, default=20, help="how long each test takes")
    options = parser.parse_args(argv)
    suites, bots = [], []
    with tempfile.TemporaryDirectory() as name:
        origin = _project(Path(name) / "origin", options.test_ms / 1000)
        for number in range(options.runs):
            clone = Path(name) / f"clone-{number}"
            _git(Path(name), "clone", "--quiet", str(origin), str(clone))
            suites.append(_timed([sys.executable, "-m", "pytest", "-q"], clone, 1))
            _git(clone, "clean", "-fdxq")
            bots.append(
                _timed([sys.executable, "-m", "repairlsp", "ci", "--base", "HEAD^"], clone, 0)
            )
    suite, bot = statistics.median(suites), statistics.median(bots)
    bar = _SUITES * suite + _SECONDS
    print(
        f"suite {suite:.1f} s, bot {bot:.1f} s, bar {bar:.1f} s ({_SUITES} suites + {_SECONDS:g} s)"
    )
    print(f"beyond three suites: {bot - _SUITES * suite:.1f} s")
    return 0 if bot <= bar else 1


def _timed(command: Sequence[str], cwd: Path, expected: int) -> float:
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    started = time.monotonic()
    done = subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    seconds = time.monotonic() - started
    if done.returncode != expected:
        raise SystemExit(f"{' '.join(command)}: exit code {done.returncode}\n{done.stdout[-2000:]}")
    return seconds


def _project(folder: Path, seconds: float) -> Path:
    (folder / "tests").mkdir(parents=True)
    (folder / "pytest.ini").write_text("[pytest]\npythonpath = .\n")
    for number in range(_MODULES):
        (folder / f"part{number}.py").write_text(
            "".join(
                f"def scale{n}(value, limit):\n"
                f"    scaled = value * {n + 2} + {number}\n"
                f"    if scaled > limit:\n"
                f"        return limit\n"
                f"    return scaled\n\n\n"
                for n in range(_FUNCTIONS)
            )
        )
        (folder / "tests" / f"test_part{number}.py").write_text(
            f"import time\n\nimport part{number} as part\n\n\n"
            + "".join(
                f"def test_scale{n}():\n"
                f"    time.sleep({seconds})\n"
                f"    assert part.scale{n}(3, 10_000) == {3 * (n + 2) + number}\n"
                f"    assert part.scale{n}(9_000, 10_000) == 10_000\n\n\n"
                for n in range(_FUNCTIONS)
            )
        )
    _git(folder, "init", "--quiet", "--initial-branch", "main")
    _commit(folder, "Begin")
    wrong = folder / "part17.py"
    text = wrong.read_text()
    wrong.write_text(text.replace("value * 6 + 17", "value * 6 - 17"))
    _commit(folder, "Break")
    return folder


def _commit(folder: Path, message: str) -> None:
    _git(folder, "add", "--all")
    _git(folder, "commit", "--quiet", "--message", message)


def _git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=Ada", "-c", "user.email=ada@example.com")
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True)


if __name__ == "__main__":
    sys.exit(main())
