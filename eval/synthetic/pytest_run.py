"""One run of some of a package's tests by plain pytest: the judge of bugs and of patches.

It shares nothing with repairlsp's own runner.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from synthetic.environment import python, variables

SECONDS = 300.0
"""Longest time for a whole suite; the slowest takes half a minute on a busy machine."""
_PLUGIN = Path(__file__).resolve().parent / "in_pytest"
_MEMORY = 4 << 30
"""Bytes of address space: a bug that fills a list without end must not take the machine along."""


class PytestError(Exception):
    """The tests could not be run or collected, or did not end in time."""


@dataclass(frozen=True, slots=True)
class PytestRun:
    """`outcomes`: node id -> `passed`, `failed` (errors too) or `skipped` (xfailed too)."""

    outcomes: Mapping[str, str]
    exit_code: int
    seconds: float
    cpu_seconds: float

    @property
    def failing(self) -> tuple[str, ...]:
        """The node ids of the tests that failed, sorted."""
        return tuple(sorted(id for id, outcome in self.outcomes.items() if outcome == "failed"))

    @property
    def passed(self) -> bool:
        return self.exit_code == 0 and "passed" in self.outcomes.values() and not self.failing


def run(
    command: Sequence[str],
    project: Path,
    environment: Path,
    *,
    seconds: float = SECONDS,
    hash_seed: int = 0,
) -> PytestRun:
    """Run `pytest ...` in the project with the environment's Python. Raises PytestError."""
    words = [str(python(environment)), "-m", *command]
    words += ["-p", "no:cacheprovider", "-p", "synthetic_outcomes"]
    extra = {
        "PYTHONPATH": str(_PLUGIN),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": str(hash_seed),
    }
    started, before = time.monotonic(), _cpu()
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "report.jsonl"
        process = subprocess.Popen(
            words,
            cwd=project,
            env={**variables(environment), **extra, "SYNTHETIC_OUTCOMES": str(log)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        # Before the tests begin, by a wide margin; `preexec_fn` is not safe beside threads.
        resource.prlimit(process.pid, resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        try:
            output, _ = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired as error:
            raise PytestError(f"the tests did not end within {seconds:.0f} s") from error
        finally:
            _end(process)
        if process.returncode not in (0, 1):
            said = output.decode(errors="replace").strip()[-500:]
            raise PytestError(f"pytest ended with {process.returncode}: {said}")
        outcomes = _outcomes(log)
    elapsed, cpu = time.monotonic() - started, _cpu() - before
    return PytestRun(outcomes, process.returncode, elapsed, cpu)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End whatever is left of the process's group."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def _cpu() -> float:
    """Seconds of CPU that ended children have used."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _outcomes(log: Path) -> dict[str, str]:
    """By node id; a test is failed when one of its phases or subtests is."""
    rank = {"skipped": 0, "passed": 1, "failed": 2}
    outcomes: dict[str, str] = {}
    for line in log.read_text("utf-8").splitlines():
        id, when, outcome = json.loads(line)
        if when == "collect":
            raise PytestError(f"{id} cannot be collected")
        if when != "call" and outcome == "passed":
            continue  # setup and teardown passing is not yet a test that passed
        if rank[outcome] >= rank.get(outcomes.get(id, "skipped"), 0):
            outcomes[id] = outcome
    return outcomes
