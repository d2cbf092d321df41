"""`json`: the whole result for programs, as `result.schema.json` beside this file describes it."""

from __future__ import annotations

import json
import math
from typing import Final

from repairlsp import __version__
from repairlsp.formats.format import PLAIN, View
from repairlsp.types import (
    FaultLocation,
    Patch,
    RepairRequest,
    RepairResult,
    TestCase,
    TestCounts,
    TestRun,
)

SCHEMA_VERSION: Final = 1
"""Raised when a field is removed or changes its meaning; new fields do not raise it."""

COUNTS: Final = (
    "generated",
    "rejected",
    "duplicate",
    "validated",
    "by_swap",
    "by_fork",
    "by_process",
    "by_coverage",
)
STAGES: Final = ("test", "localize", "context", "generate", "validate")

# A result can hold thousands of suspicious lines, of which the first few tell all.
_LOCATIONS = 20


def render(result: RepairResult, request: RepairRequest, view: View = PLAIN, /) -> str:
    """One JSON object and a newline. ASCII only, so lone surrogates survive any pipe."""
    return json.dumps(_result(result, request), indent=2, allow_nan=False) + "\n"


def _result(result: RepairResult, request: RepairRequest) -> dict[str, object]:
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "repairlsp", "version": __version__},
        "status": result.status,
        "message": result.message,
        "command": list(request.command) if request.command is not None else None,
        "before": _run(result.before) if result.before else None,
        "locations": [_location(location) for location in result.locations[:_LOCATIONS]],
        "patches": [_patch(patch) for patch in result.patches],
        "counts": {name: result.counts.get(name, 0) for name in COUNTS},
        "stage_seconds": {
            stage: _seconds(result.stage_seconds.get(stage, 0.0)) for stage in STAGES
        },
        "seconds": _seconds(result.seconds),
    }


def _run(run: TestRun) -> dict[str, object]:
    return {
        "status": run.status,
        "exit_code": run.exit_code,
        "passed": len(run.passing),
        "failed": len(run.failing),
        "failing": [_case(case) for case in run.failing],
        "seconds": _seconds(run.seconds),
    }


def _case(case: TestCase) -> dict[str, object]:
    return {
        "id": case.id,
        "outcome": case.outcome,
        "message": case.message,
        "frames": [
            {"path": frame.path, "line": frame.line, "function": frame.function}
            for frame in case.frames
        ],
    }


def _location(location: FaultLocation) -> dict[str, object]:
    return {
        "path": location.path,
        "line": location.line,
        "suspiciousness": round(location.suspiciousness, 4),
        "evidence": location.evidence,
    }


def _patch(patch: Patch) -> dict[str, object]:
    likelihood = patch.log_likelihood
    return {
        "rank": patch.rank,
        "status": patch.status,
        "source": patch.source,
        "cautions": [
            {"name": one.name, "grade": one.grade, "reason": one.reason} for one in patch.cautions
        ],
        "files": sorted({edit.path for edit in patch.edits}),
        "diff": patch.diff,
        "log_likelihood": likelihood
        if likelihood is not None and math.isfinite(likelihood)
        else None,
        "tests": {"before": _counts(patch.before), "after": _counts(patch.after)},
        "seconds": _seconds(patch.seconds),
    }


def _counts(counts: TestCounts | None) -> dict[str, int] | None:
    return {"passed": counts.passed, "failed": counts.failed} if counts else None


def _seconds(seconds: float) -> float:
    return round(seconds, 3)
