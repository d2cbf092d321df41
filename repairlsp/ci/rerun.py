"""Some tests once more: by themselves, with a patch, at another commit."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from repairlsp.baseline import Baseline
from repairlsp.types import CancelToken, RepairRequest, TestRun
from repairlsp.validate import Workspace, run_tests


class Rerunner(NamedTuple):
    """Runs tests with the command, the sandbox and the time limits of a first run, whose workspace
    has to be open."""

    request: RepairRequest
    baseline: Baseline
    cancel: CancelToken

    def here(self, workspace: Workspace, tests: Sequence[str] | None) -> TestRun:
        """The run of these tests, all of them for None, on a workspace's files, without coverage.

        Raises CancelledError; never because of what the tests do.
        """
        plan = self.baseline.plan
        return run_tests(
            workspace.copy(),
            plan.command,
            plan.sandbox,
            tests=tests,
            seconds=self.request.limits.test_seconds,
            case_seconds=plan.limits.case,
            memory_bytes=plan.memory_bytes,
            sweep=False,
            cancel=self.cancel,
        ).run

    def at(
        self,
        tree: Path,
        tests: Sequence[str] | None,
        overlays: Mapping[str, str] | None = None,
    ) -> TestRun:
        """The same on the files of a checkout, with `overlays` over them. A checkout that the
        project's folder is not in has no tests."""
        if not tree.is_dir():
            return TestRun("no-tests", None, (), 0.0)
        with Workspace(self.request.project, overlays, tree=tree) as workspace:
            return self.here(workspace, tests)


def passing(run: TestRun, tests: Collection[str]) -> frozenset[str]:
    """Which of these tests passed in the run. A file that could not be collected stands for the
    tests in it: it passes where some ran and none failed."""
    failed = {case.id for case in run.failing}
    passed = {case.id for case in run.passing}
    return frozenset(
        test
        for test in tests
        if test in passed
        or (
            "::" not in test
            and any(case.startswith(f"{test}::") for case in passed)
            and not any(case == test or case.startswith(f"{test}::") for case in failed)
        )
    )
