"""Real `repair-eval` processes, and what must be equal between two runs of the same."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from repair_eval.record import Attempt
from repair_eval.store import read_run

_MAIN = "import sys; from repair_eval.main import main; sys.exit(main())"


def start(*words: str | Path) -> subprocess.Popen[bytes]:
    """`repair-eval WORDS` as a process."""
    command = [sys.executable, "-c", _MAIN, *map(str, words)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def finish(*words: str | Path) -> str:
    """Its output, once it has ended well."""
    process = start(*words)
    out, err = process.communicate()
    assert process.returncode == 0, err.decode()
    return out.decode()


def run_words(suite: Path, out: Path, configs: Sequence[str | Path], *more: str) -> list[str]:
    """The words of a run."""
    named = [word for config in configs for word in ("--config", str(config))]
    return ["run", str(suite), *named, "--out", str(out), "--sandbox", "limits", *more]


def table(out: Path) -> list[object]:
    """Everything that was stored but the times, the tries and the memory."""
    return [_row(attempt) for attempt in read_run(out).attempts]


def _row(attempt: Attempt) -> object:
    samples = [
        (one.index, one.diff, one.origin, one.plausible, one.correct, one.exact, one.reason)
        for one in attempt.samples
    ]
    key = (attempt.configuration, attempt.defect, attempt.repeat, attempt.seed)
    return (*key, attempt.status, samples)
