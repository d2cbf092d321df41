"""The tests before any patch: what fails, what covers what, and what candidates are held to."""

from __future__ import annotations

from dataclasses import dataclass

from repairlsp.sandbox import choose
from repairlsp.types import CancelToken, Coverage, RepairRequest, TestRun
from repairlsp.validate import ValidationPlan, Workspace, resolve_command, run_tests, time_limits

_CASE_SHARE = 6
_CASE_SECONDS = (3.0, 20.0)
"""A test that runs longer than a sixth of the whole budget, within these bounds, is taken to hang:
it fails, and can be repaired, rather than use up the time of all others."""


@dataclass(frozen=True)
class Baseline:
    """The first run of the tests. `plan` is what candidates must live up to."""

    run: TestRun
    coverage: Coverage
    plan: ValidationPlan
    notes: tuple[str, ...]

    @property
    def test_files(self) -> frozenset[str]:
        """The files that hold tests that ran. A module whose doctests ran is none of them."""
        ids = (case.id.split("::") for case in self.run.cases)
        return frozenset(path for path, *names in ids if any(map(_names_a_test, names)))


def _names_a_test(name: str) -> bool:
    return name.lower().startswith("test")


def run_baseline(request: RepairRequest, workspace: Workspace, cancel: CancelToken) -> Baseline:
    """Run the request's test command once, with coverage.

    Raises UsageError, BrokenEnvironmentError, SandboxUnavailableError and CancelledError.
    """
    assert request.command is not None
    limits = request.limits
    sandbox = choose(request.sandbox)
    command = resolve_command(workspace, request.command, sandbox, cancel)
    shortest, longest = _CASE_SECONDS
    report = run_tests(
        workspace.copy(),
        command,
        sandbox,
        seconds=limits.test_seconds,
        case_seconds=min(max(limits.max_seconds / _CASE_SHARE, shortest), longest),
        memory_bytes=limits.memory_bytes,
        coverage=True,
        cancel=cancel,
    )
    plan = ValidationPlan(
        command=command,
        sandbox=sandbox,
        baseline=report.run,
        targets=tuple(case.id for case in report.run.failing),
        limits=time_limits(report.run),
        memory_bytes=limits.memory_bytes,
        coverage=report.coverage,
        at_import=report.at_import,
    )
    return Baseline(report.run, report.coverage, plan, report.notes)
