#!/usr/bin/env python3
"""What per-test line coverage costs: none, coverage.py with contexts, and `sys.monitoring`.

    python eval/bench/coverage.py [--python PYTHON ...] [--project FOLDER ...] [--runs 5]

Each PYTHON (default: this one) needs pytest and coverage, and what the projects' tests import.
Besides the projects, two made-up suites are run: one test with a hot loop, and 2,000 small tests
that each enter a few functions. The collectors take turns, so that a busy machine is busy for all
of them; times are of the whole pytest process, the median of the runs. The lines that the two
collectors saw are compared: "same" means every line of every test.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from repairlsp.validate.interpreter import IN_PYTEST, coverage_package

COLLECTORS = ("", "CoverageTracer", "LineMonitor")

HOT = {
    "hot.py": """
def collatz(limit):
    longest = 0
    for start in range(1, limit):
        steps, number = 0, start
        while number != 1:
            number = number // 2 if number % 2 == 0 else 3 * number + 1
            steps += 1
        longest = max(longest, steps)
    return longest
""",
    "test_hot.py": """
from hot import collatz

def test_collatz():
    assert collatz(60_000) == 339
""",
}
SMALL = {
    "small.py": "\n\n".join(
        f"def f{n}(x):\n    y = x + {n}\n    if y % 2:\n        y += f{n + 1}(x)\n    return y"
        for n in range(200)
    )
    + "\n\n\ndef f200(x):\n    return x\n",
    "test_small.py": """
import json
import pytest
import small

@pytest.mark.parametrize("n", range(2000))
def test_small(n):
    assert json.loads(json.dumps([getattr(small, f"f{n % 200}")(n)]))
""",
}


class Run(NamedTuple):
    """Seconds of a pytest process, its last line, and (test, path, line) for each line."""

    seconds: float
    said: str
    lines: frozenset[tuple[str, str, int]]


def run(project: Path, collector: str, python: str) -> Run:
    """The project's tests, once, with our plugins; `collector` "" measures nothing."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        result = folder / "coverage.json"
        spec = {
            "report": str(folder / "report.jsonl"),
            "coverage": str(result) if collector else None,
            "coverage_package": str(coverage_package()),
            "collector": collector,
            "root": str(project),
            "original": str(folder / "none"),
            "bytecode": str(folder / "bytecode"),
            "bytecode_writable": True,
            "only": None,
            "tolerate": None,
            "case_seconds": None,
            "user_addopts": None,
        }
        (folder / "spec.json").write_text(json.dumps(spec))
        plugins = ["repairlsp_report", *(["repairlsp_coverage"] if collector else [])]
        path = [project / "src", project, IN_PYTEST]
        environment = {
            **os.environ,
            "REPAIRLSP_SPEC": str(folder / "spec.json"),
            "PYTEST_ADDOPTS": " ".join(f"-p {plugin}" for plugin in plugins),
            "PYTHONPATH": os.pathsep.join(map(str, path)),
            "PYTHONHASHSEED": "0",
        }
        started = time.perf_counter()
        done = subprocess.run(
            [python, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
            cwd=project,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        seconds = time.perf_counter() - started
        told = json.loads(result.read_text()) if result.exists() else {"tests": [], "lines": {}}
    lines = frozenset(
        (told["tests"][int(test)], path, line)
        for path, by_test in told["lines"].items()
        for test, numbers in by_test.items()
        for line in numbers
    )
    return Run(seconds, done.stdout.strip().splitlines()[-1], lines)


def compare(project: Path, python: str, runs: int) -> None:
    """Print one line: the times of the collectors that this Python has, and whether they agree."""
    version = subprocess.run(
        [python, "-c", "import sys; print(*sys.version_info[:3], sep='.')"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    modern = tuple(map(int, version.split(".")[:2])) >= (3, 12)
    collectors = COLLECTORS if modern else COLLECTORS[:2]
    run(project, "", python)  # fills the caches
    found = {
        collector: [run(project, collector, python) for _ in range(1)] for collector in collectors
    }
    for _ in range(runs - 1):
        for collector in collectors:
            found[collector].append(run(project, collector, python))
    cells = [statistics.median(each.seconds for each in found[one]) for one in collectors]
    text = "".join(f"{seconds:9.2f} s" for seconds in cells) + " " * 11 * (3 - len(cells))
    tracer, monitor = (found.get(one, [None])[0] for one in COLLECTORS[1:])
    agree = ""
    if tracer and monitor:
        differing = len(tracer.lines ^ monitor.lines)
        agree = f"{len(monitor.lines)} lines, {f'{differing} differ' if differing else 'same'}"
    print(f"{project.name:18} {version:8}{text}   {agree}", flush=True)
    said = {one: each[0].said.rpartition(" in ")[0] for one, each in found.items()}
    if len(set(said.values())) > 1:
        print(f"  the outcomes differ: {said}")


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--python", action="append", default=[])
    parser.add_argument("--project", action="append", type=Path, default=[])
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args(argv)
    print(f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(f"{'suite':18} {'Python':8}{'none':>11}{'coverage.py':>11}{'monitoring':>11}")
    with tempfile.TemporaryDirectory() as folder:
        projects = []
        for name, files in (("hot-loop", HOT), ("many-small-tests", SMALL)):
            project = Path(folder).resolve() / name
            project.mkdir()
            for file, text in files.items():
                (project / file).write_text(text.lstrip("\n"))
            projects.append(project)
        projects += [project.resolve() for project in options.project]
        for project in projects:
            for python in options.python or [sys.executable]:
                compare(project, python, options.runs)
    return 0


if __name__ == "__main__":
    sys.exit(main())
