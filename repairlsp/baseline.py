"""The tests before any patch: what fails, what covers what, and what candidates are held to."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol

from repairlsp.sandbox import choose, told_of_denial
from repairlsp.types import CancelToken, Coverage, RepairRequest, TestCase, TestRun
from repairlsp.validate import (
    TestRunReport,
    ValidationPlan,
    Workspace,
    resolve_command,
    run_tests,
    time_limits,
)
from repairlsp.validate.regression import belongs

_CASE_SHARE = 6
_CASE_SECONDS = (3.0, 20.0)
"""A test that runs longer than a sixth of the whole budget, within these bounds, is taken to hang:
it fails, and can be repaired, rather than use up the time of all others."""
_SECOND_LOOK = 0.05
"""Share of the whole budget that asking whether coverage makes tests fail may take."""


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

    @property
    def first_target(self) -> TestCase:
        """The first of the failing tests that are to be repaired; there must be one."""
        return next(case for case in self.run.failing if case.id in self.plan.targets)

    def aimed_at(self, tests: Sequence[str]) -> Baseline:
        """The same run for a repair of these failing tests, as in `RepairRequest.tests`."""
        return replace(self, plan=replace(self.plan, targets=_targets(self.run, tests)))

    def tolerating(self, tests: Collection[str]) -> Baseline:
        """The same run for a repair after which these tests, none of its targets, may fail or pass:
        they are taken to have failed."""
        cases = tuple(
            replace(case, outcome="failed") if case.id in tests else case for case in self.run.cases
        )
        run = replace(self.run, cases=cases)
        return replace(self, run=run, plan=replace(self.plan, baseline=run))


class Start(NamedTuple):
    """A first run that was made already, and the workspace that it was made in, still open."""

    workspace: Workspace
    baseline: Baseline


class _Run(Protocol):
    def __call__(self, *, coverage: bool, tests: Sequence[str] | None = None) -> TestRunReport: ...


def _names_a_test(name: str) -> bool:
    return name.lower().startswith("test")


def _targets(run: TestRun, asked: Sequence[str]) -> tuple[str, ...]:
    """The failing tests to repair: those asked for, or all. `asked` may name a function of many
    cases, a class, a file, or a folder."""
    failing = [case.id for case in run.failing]
    if not asked:
        return tuple(failing)
    return tuple(
        test
        for test in failing
        # A file that cannot be collected keeps its tests from running.
        if any(belongs(test, each) or test.startswith(each + "[") for each in asked)
        or any(belongs(each, test) for each in asked)
    )


def run_baseline(request: RepairRequest, workspace: Workspace, cancel: CancelToken) -> Baseline:
    """Run the request's test command once, with coverage; again without it where that was to blame
    for what came out, which `notes` then tells. Of a command that ran before (`request.earlier`),
    only the files of failing tests are run.

    Raises UsageError, BrokenEnvironmentError, SandboxUnavailableError and CancelledError.
    """
    assert request.command is not None
    limits = request.limits
    sandbox = choose(request.sandbox, allow_loopback=request.allow_loopback)
    command = resolve_command(workspace, request.command, sandbox, cancel)
    copy = workspace.copy()
    shortest, longest = _CASE_SECONDS
    selected = _files_of_failing(request.earlier) if request.earlier else []

    def run(*, coverage: bool, tests: Sequence[str] | None = None) -> TestRunReport:
        return run_tests(
            copy,
            command,
            sandbox,
            tests=(selected or None) if tests is None else tests,
            seconds=limits.test_seconds,
            case_seconds=min(max(limits.max_seconds / _CASE_SHARE, shortest), longest),
            memory_bytes=limits.memory_bytes,
            coverage=coverage,
            cancel=cancel,
        )

    report = _checked(run(coverage=True), run, _SECOND_LOOK * limits.max_seconds)
    if selected and request.earlier:
        report = replace(report, run=_completed(report.run, request.earlier))
    messages = (case.message for case in report.run.failing)
    if denial := told_of_denial(sandbox, messages, copy.workspace):
        report = _noted(report, denial)
    plan = ValidationPlan(
        command=command,
        sandbox=sandbox,
        baseline=report.run,
        targets=_targets(report.run, request.tests),
        limits=time_limits(report.run),
        memory_bytes=limits.memory_bytes,
        coverage=report.coverage,
        at_import=report.at_import,
        witness=report.witness,
    )
    return Baseline(report.run, report.coverage, plan, report.notes)


def _files_of_failing(run: TestRun) -> list[str]:
    """A test that passes in the same file as one that fails says most about where the fault is."""
    return sorted({case.id.partition("::")[0] for case in run.failing})


def _completed(run: TestRun, earlier: TestRun) -> TestRun:
    """The run of some files, with what the earlier run of all of them says of the others."""
    files = {case.id.partition("::")[0] for case in (*run.cases, *earlier.failing)}
    others = tuple(case for case in earlier.cases if case.id.partition("::")[0] not in files)
    seconds = run.seconds + sum(case.seconds for case in others)
    return replace(run, cases=(*run.cases, *others), seconds=seconds)


def _checked(measured: TestRunReport, run: _Run, cheap: float) -> TestRunReport:
    """The run with coverage, or one without it where coverage made the difference.

    Measuring costs up to twice the tests' time (eval/bench/coverage.py), and tests that watch the
    trace function, the recursion depth or the clock may fail because of it. Whether some do is
    asked when running the failing ones once more takes less than about `cheap` seconds.
    """
    first = measured.run
    if first.status == "timeout" or (first.status == "broken" and first.cases):
        plain = run(coverage=False)
        if plain.run.status == first.status:
            return measured
        return _noted(plain, f"no coverage was measured, because with it {first.message}")
    failing = [case.id for case in first.failing]
    outside = first.seconds - sum(case.seconds for case in first.cases)
    if not failing or outside + sum(case.seconds for case in first.failing) > cheap:
        return measured
    alone = {case.id: case.outcome for case in run(coverage=False, tests=failing).run.cases}
    if "passed" not in alone.values():
        return measured
    plain = run(coverage=False)
    outcomes = {case.id: case.outcome for case in plain.run.cases}
    changed = [case.id for case in first.cases if outcomes.get(case.id) != case.outcome]
    if plain.run.status not in ("passed", "failed") or not changed:
        return measured
    kept = {test: lines for test, lines in measured.coverage.items() if test not in changed}
    fails = f"{changed[0]} fails" if len(changed) == 1 else f"{len(changed)} tests fail"
    note = f"{fails} only while coverage is measured, so it was left out"
    return _noted(replace(plain, coverage=kept, at_import=measured.at_import), note)


def _noted(report: TestRunReport, note: str) -> TestRunReport:
    return replace(report, notes=(*report.notes, note))
