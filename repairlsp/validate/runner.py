"""Run the tests of a working copy once, and say what happened by the plugins' own report."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from repairlsp.errors import CancelledError
from repairlsp.sandbox import NEVER, Completed, Sandbox
from repairlsp.types import CancelToken, Coverage, CoveredLine, TestRun
from repairlsp.validate.command import TestCommand
from repairlsp.validate.interpreter import coverage_package
from repairlsp.validate.judgement import judge
from repairlsp.validate.project_copy import ProjectCopy
from repairlsp.validate.report import read_coverage, read_report

_PLUGINS = ("repairlsp_report", "repairlsp_copy", "repairlsp_selection")


@dataclass(frozen=True, slots=True)
class TestRunReport:
    """A run, and what it covered where that was asked for. `at_import` are the lines that ran
    outside every test. `stopped_early`: ended on purpose at the first test that failed and was
    not tolerated. `notes` are for people, one sentence each."""

    __test__ = False

    run: TestRun
    coverage: Coverage
    at_import: frozenset[CoveredLine] = frozenset()
    stopped_early: bool = False
    notes: tuple[str, ...] = ()


def run_tests(
    copy: ProjectCopy,
    command: TestCommand,
    sandbox: Sandbox,
    *,
    tests: Sequence[str] | None = None,
    tolerate: Collection[str] | None = None,
    seconds: float,
    case_seconds: float | None = None,
    memory_bytes: int,
    coverage: bool = False,
    cancel: CancelToken = NEVER,
) -> TestRunReport:
    """Run `command` in `copy`, as it now is, and put back what the tests changed.

    `tests` are the ids to run, None for all that the command selects. With `tolerate` the run
    stops at the first test that fails and is not in it. `seconds` bounds the whole run,
    `case_seconds` each phase of a test, which then fails instead of hanging. `memory_bytes` bounds
    each process. Raises CancelledError on a cancel; never because of what the tests do.
    """
    for file in copy.reports.iterdir():
        file.unlink()
    spec = {
        "report": str(copy.reports / "report.jsonl"),
        "coverage": str(copy.reports / "coverage.json") if coverage else None,
        "coverage_package": str(coverage_package()),
        "root": str(copy.root),
        "bytecode": str(copy.bytecode),
        # A candidate must not leave compiled code for the runs after it.
        "bytecode_writable": not copy.is_patched,
        "original": str(copy.project),
        "only": None if tests is None else list(tests),
        "tolerate": None if tolerate is None else sorted(tolerate),
        "case_seconds": case_seconds,
        "user_addopts": command.environment.get("PYTEST_ADDOPTS"),
    }
    spec_path = copy.reports / "spec.json"
    spec_path.write_text(json.dumps(spec), "utf-8")
    plugins = [*_PLUGINS]
    if case_seconds is not None:
        plugins.append("repairlsp_time_limit")
    if coverage:
        plugins.append("repairlsp_coverage")
    shared = [] if copy.is_patched else [copy.bytecode]
    started = time.monotonic()
    completed = sandbox.run(
        command.arguments_in(copy),
        cwd=copy.root,
        env=_environment(copy, command, plugins, spec_path),
        seconds=seconds,
        memory_bytes=memory_bytes,
        writable=[copy.root, copy.home, copy.temporary, copy.reports, *shared],
        readable=[*_readable(command, coverage), copy.bytecode],
        cancel=cancel,
    )
    elapsed = time.monotonic() - started
    copy.sweep()
    if completed.cancelled:
        raise CancelledError
    return _report(copy, completed, elapsed, seconds)


def _report(copy: ProjectCopy, completed: Completed, elapsed: float, limit: float) -> TestRunReport:
    report = read_report(copy.reports / "report.jsonl", copy.files)
    judgement = judge(completed, report, limit)
    covered = read_coverage(copy.reports / "coverage.json")
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
        coverage=covered.by_test,
        at_import=covered.at_import,
        stopped_early=report.stopped_at is not None,
        notes=tuple(report.notes),
    )


def _environment(
    copy: ProjectCopy, command: TestCommand, plugins: Sequence[str], spec: Path
) -> dict[str, str]:
    user = command.environment
    # The options come before the user's own, so that those still have the last word.
    options = [word for plugin in plugins for word in ("-p", plugin)]
    addopts = " ".join([*options, user.get("PYTEST_ADDOPTS", "")]).strip()
    # Our folder comes last: it must not hide a module of the project or of its environment.
    path = [*map(str, command.import_roots(copy)), *command.other_paths(), str(command.tools)]
    programs = [str(command.interpreter.executable.parent), user.get("PATH", os.defpath)]
    environment = {
        **user,
        "HOME": str(copy.home),
        "TMPDIR": str(copy.temporary),
        "PATH": os.pathsep.join(programs),
        "PYTHONPATH": os.pathsep.join(path),
        "PYTEST_ADDOPTS": addopts,
        "REPAIRLSP_SPEC": str(spec),
        # Sets and dicts of strings in one order, so that two runs of one code agree.
        "PYTHONHASHSEED": "0",
        # The plugin allows bytecode again, inside the copy only.
        "PYTHONDONTWRITEBYTECODE": "1",
        "NO_COLOR": "1",
        "TERM": "dumb",
    }
    if command.interpreter.user_base is not None:
        environment["PYTHONUSERBASE"] = str(command.interpreter.user_base)
    return environment


def _readable(command: TestCommand, coverage: bool) -> list[Path]:
    ours = coverage_package() if coverage else None
    folders = [*command.interpreter.readable(), *map(Path, command.other_paths()), command.tools]
    return [
        path for path in (*folders, *([ours] if ours else [])) if not _holds_project(path, command)
    ]


def _holds_project(path: Path, command: TestCommand) -> bool:
    """The user's tree stays out of sight, but for an environment inside it."""
    if command.project.is_relative_to(path):
        return True
    return path.is_relative_to(command.project) and not command.interpreter.is_its_own(path)
