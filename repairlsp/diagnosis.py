"""`diagnose(request) -> Diagnosis`: which tests fail, and where the fault may be.

The first half of a repair, for who only wants to show it. Like the whole, it never modifies the
project.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from repairlsp.baseline import Baseline, run_baseline
from repairlsp.localize import localize
from repairlsp.patches import is_test_path
from repairlsp.sandbox import NEVER
from repairlsp.source import SourceText
from repairlsp.types import (
    CancelToken,
    FaultLocation,
    Observer,
    Progress,
    RepairRequest,
    TestRun,
)
from repairlsp.validate import Workspace


@dataclass(frozen=True)
class Diagnosis:
    """One run of the tests, and the suspicious lines, most suspicious first, where some fail."""

    run: TestRun
    locations: tuple[FaultLocation, ...]


def diagnose(
    request: RepairRequest, *, observe: Observer, cancel: CancelToken = NEVER
) -> Diagnosis:
    """Run the request's tests once, and localize the fault.

    Raises UsageError, BrokenEnvironmentError and CancelledError as `repair` does.
    """
    with Workspace(request.project, request.overlays, tree=request.tree) as workspace:
        observe(Progress("test", "running the tests"))
        baseline = run_baseline(request, workspace, cancel)
        locations: tuple[FaultLocation, ...] = ()
        if baseline.run.status == "failed":
            observe(Progress("localize", "looking for suspicious lines"))
            locations = suspicious_lines(request, baseline, workspace.source)
    return Diagnosis(baseline.run, locations)


def suspicious_lines(
    request: RepairRequest, baseline: Baseline, source: Callable[[str], SourceText]
) -> tuple[FaultLocation, ...]:
    """All the evidence about the tests that are to be repaired, by line."""
    return localize(
        only_failing(baseline.run, baseline.plan.targets),
        baseline.coverage,
        source,
        is_test=lambda path: path in baseline.test_files or is_test_path(path),
        diagnostics=request.diagnostics,
        lines=request.lines,
        files=request.files,
        spectrum=request.spectrum,
        project=request.tree or request.project,
    )


def only_failing(run: TestRun, targets: Sequence[str]) -> TestRun:
    """The run without the failures that are none of `targets`: another bug's, for all we know."""
    others = {case.id for case in run.failing} - set(targets)
    if not others:
        return run
    return replace(run, cases=tuple(case for case in run.cases if case.id not in others))
