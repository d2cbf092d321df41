"""Run the tests of a working copy once, and say what happened by the plugins' own report."""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from repairlsp.errors import CancelledError
from repairlsp.sandbox import NEVER, Completed, Sandbox
from repairlsp.types import CancelToken, Coverage, CoveredLine, TestRun
from repairlsp.validate.command import TestCommand
from repairlsp.validate.judgement import judge
from repairlsp.validate.kept import empty
from repairlsp.validate.project_copy import ProjectCopy
from repairlsp.validate.report import read_coverage, read_report
from repairlsp.validate.session import new_key, run_session
from repairlsp.validate.temporary import in_temporary_folder
from repairlsp.validate.witness import Witness, read_witness


@dataclass(frozen=True, slots=True)
class TestRunReport:
    """A run, and what it covered where that was asked for.

    `at_import` are the lines that ran outside every test, `out_of_sight` the tests that did what
    coverage cannot see. `stopped_early`: ended on purpose at the first test that failed and was not
    tolerated. `notes` are for people, one sentence each. `witness` is what was seen of the run by
    who cannot be reached from it; of children of a fork server nothing.
    """

    __test__ = False

    run: TestRun
    coverage: Coverage
    at_import: frozenset[CoveredLine] = frozenset()
    out_of_sight: frozenset[str] = frozenset()
    stopped_early: bool = False
    notes: tuple[str, ...] = ()
    witness: Witness = field(default_factory=Witness)


def run_tests(
    copy: ProjectCopy,
    command: TestCommand,
    sandbox: Sandbox,
    *,
    tests: Sequence[str] | None = None,
    tolerate: Collection[str] | None = None,
    watched: Collection[str] = (),
    seconds: float,
    case_seconds: float | None = None,
    memory_bytes: int,
    coverage: bool = False,
    sweep: bool = True,
    cancel: CancelToken = NEVER,
) -> TestRunReport:
    """Run `command` in `copy`, as it now is, and put back what the tests changed; without `sweep`
    only what they report is of interest, and the copy is of no more use.

    `tests` are the ids to run, None for all that the command selects. With `tolerate` the run
    stops at the first test that fails and is not in it. `watched` are tests after which all of the
    test runner is looked at, which takes milliseconds. `seconds` bounds the whole run,
    `case_seconds` each phase of a test, which then fails instead of hanging. `memory_bytes` bounds
    each process. Raises CancelledError on a cancel, BrokenEnvironmentError when the temporary
    folder is full or gone; never because of what the tests do.
    """
    with in_temporary_folder(copy.workspace):
        empty(copy.reports)
        copy.clear()
        key, witness_key = new_key(), new_key()
        plugins = ["repairlsp_integrity"]
        if case_seconds is not None:
            plugins.append("repairlsp_time_limit")
        if coverage:
            plugins.append("repairlsp_coverage")
        started = time.monotonic()
        completed = run_session(
            copy,
            command,
            sandbox,
            plugins=plugins,
            seconds=seconds,
            memory_bytes=memory_bytes,
            key=key,
            cancel=cancel,
            only=None if tests is None else list(tests),
            tolerate=None if tolerate is None else sorted(tolerate),
            case_seconds=case_seconds,
            witness_key=witness_key,
            watched=list(watched),
        )
        elapsed = time.monotonic() - started
        if sweep:
            copy.sweep()
        if completed.cancelled:
            raise CancelledError
        report = _report(copy, completed, key, elapsed, seconds)
        witness = read_witness(copy.reports / "witness.jsonl", witness_key)
        return replace(report, witness=witness.beside(report.run.cases))


def _report(
    copy: ProjectCopy, completed: Completed, key: str, elapsed: float, limit: float
) -> TestRunReport:
    covered = read_coverage(copy.reports / "coverage.json")
    path = copy.reports / "report.jsonl"
    return replace(
        report_of(completed, path, key, copy, elapsed, limit),
        coverage=covered.by_test,
        at_import=covered.at_import,
    )


def report_of(
    completed: Completed, path: Path, key: str, copy: ProjectCopy, elapsed: float, limit: float
) -> TestRunReport:
    """What the end of a session and its report file, signed with `key`, say together. `limit` is
    the time it had."""
    report = read_report(path, key, copy.files)
    judgement = judge(completed, report, limit)
    run = TestRun(
        status=judgement.status,
        exit_code=completed.exit_code,
        cases=tuple(report.cases.values()),
        seconds=elapsed,
        output=completed.output,
        message=judgement.message,
    )
    return TestRunReport(
        run=run,
        coverage={},
        out_of_sight=frozenset(report.out_of_sight),
        stopped_early=report.stopped_at is not None,
        notes=tuple(report.notes),
    )
