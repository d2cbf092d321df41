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
from repairlsp.types import Limits, Patch, Progress, RepairRequest, RepairResult


class Watcher:
    """Keeps what the engine tells its observers: how many candidates were validated, and patches
    that were found while the search went on, with how many it were then."""

    def __init__(self) -> None:
        self.validated = 0
        self.told: list[tuple[Patch, int]] = []

    def __call__(self, progress: Progress) -> None:
        if progress.stage == "validate":
            self.validated = max(self.validated, progress.done)
            if progress.patch is not None:
                self.told.append((progress.patch, progress.done))

    def first(self, reported: Patch) -> tuple[Patch, int]:
        """The first verified patch, and its place among the candidates in the order in which their
        validations ended. The search stops at the first unless something speaks against it."""
        return self.told[0] if self.told else (reported, self.validated)


def main() -> None:
    job = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    watcher = Watcher()
    request = RepairRequest(
        Path(job["project"]),
        tuple(job["command"]),
        model=job["model"],
        limits=Limits(max_seconds=job["max_seconds"]),
        **job["fields"],
    )
    try:
        result = _as_data(repair(request, observe=watcher), watcher)
    except RepairlspError as error:
        result = {"status": "error", "message": f"{type(error).__name__}: {error}"}
    Path(sys.argv[2]).write_text(json.dumps(result), "utf-8")


def _as_data(result: RepairResult, watcher: Watcher) -> dict[str, Any]:
    patch = next((patch for patch in result.patches if patch.status == "verified"), None)
    found: dict[str, Any] | None = None
    if patch is not None:
        first, rank = watcher.first(patch)
        found = {
            "diff": patch.diff,
            "source": patch.source,
            "seconds": patch.seconds,
            "log_likelihood": patch.log_likelihood,
            "cautions": len(patch.cautions),
            "first": {"diff": first.diff, "seconds": first.seconds, "rank": rank},
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
