"""One repair in a process of its own, so that a crash costs one bug: a job in, a result out.

    python worker.py JOB.json RESULT.json

The job: `project`, `command`, `max_seconds`, `model` (or null) and `fields` of the request.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from repairlsp.engine import repair
from repairlsp.errors import RepairlspError
from repairlsp.types import Limits, Progress, RepairRequest, RepairResult


class Counter:
    """Counts the candidates whose validation ended, as the engine tells its observers."""

    def __init__(self) -> None:
        self.validated = 0

    def __call__(self, progress: Progress) -> None:
        self.validated += progress.stage == "validate" and progress.done > 0


def main() -> None:
    job = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    counter = Counter()
    request = RepairRequest(
        Path(job["project"]),
        tuple(job["command"]),
        model=job["model"],
        limits=Limits(max_seconds=job["max_seconds"]),
        **job["fields"],
    )
    try:
        result = _as_data(repair(request, observe=counter), counter.validated)
    except RepairlspError as error:
        result = {"status": "error", "message": f"{type(error).__name__}: {error}"}
    Path(sys.argv[2]).write_text(json.dumps(result), "utf-8")


def _as_data(result: RepairResult, validated: int) -> dict[str, Any]:
    """`rank` is the place of the first verified patch among the candidates that were validated, in
    the order in which their validations ended: the search stops at it."""
    patch = next((patch for patch in result.patches if patch.status == "verified"), None)
    found: dict[str, Any] | None = None
    if patch is not None:
        found = {
            "diff": patch.diff,
            "source": patch.source,
            "seconds": patch.seconds,
            "log_likelihood": patch.log_likelihood,
            "rank": validated,
        }
    return {
        "status": result.status,
        "message": result.message,
        "patch": found,
        "counts": dict(result.counts),
        "stage_seconds": dict(result.stage_seconds),
        "seconds": result.seconds,
        "failing": len(result.before.failing) if result.before else 0,
        "locations": [
            {key: value for key, value in asdict(place).items() if key in ("path", "line")}
            for place in result.locations
        ],
    }


if __name__ == "__main__":
    main()
