"""What a run of the tests has to say in an editor: failing tests and suspicious lines, placed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from repairlsp.server.testfunctions import find_tests, function_of
from repairlsp.source import SourceText
from repairlsp.types import FaultLocation, TestCase, TestRun

MAX_FAILURES = 200
"""A broken import fails thousands of tests, and nobody reads so many squiggles."""
MAX_SUSPICIONS = 3
_CLEARLY = 0.3
"""A line is shown where it is this suspicious, as a share of the most suspicious one."""


@dataclass(frozen=True)
class Failure:
    """A failing test. `line`, from 0, is where its file noticed: the assertion, or a call."""

    test: str
    message: str
    file: Path
    line: int


@dataclass(frozen=True)
class Suspicion:
    """A line, from 0, that may hold the fault."""

    file: Path
    line: int
    evidence: str


@dataclass(frozen=True)
class RunReport:
    """One run of the tests of `project`; the suspicions come most suspicious first."""

    project: Path
    failures: tuple[Failure, ...]
    suspicions: tuple[Suspicion, ...]

    @property
    def places(self) -> tuple[Failure | Suspicion, ...]:
        """Everything that can be shown in a file."""
        return (*self.failures, *self.suspicions)

    def without(self, tests: Iterable[str]) -> RunReport:
        """The report when these tests pass after all: what was suspicious is no longer known."""
        gone = set(tests)
        left = tuple(failure for failure in self.failures if failure.test not in gone)
        return replace(self, failures=left, suspicions=())


def report_of_run(project: Path, run: TestRun, locations: Sequence[FaultLocation]) -> RunReport:
    """Place what the engine found. Reads the files of failures that have no place of their own."""
    failures = [_failure(project, case) for case in run.failing[:MAX_FAILURES]]
    most = max((each.suspiciousness for each in locations), default=0.0)
    clear = [each for each in locations if each.suspiciousness >= _CLEARLY * most]
    suspicions = [
        Suspicion(project / each.path, each.line - 1, each.evidence)
        for each in clear[:MAX_SUSPICIONS]
    ]
    return RunReport(project, tuple(failures), tuple(suspicions))


def _failure(project: Path, case: TestCase) -> Failure:
    path = case.id.partition("::")[0]
    lines = [frame.line - 1 for frame in case.frames if frame.path == path]
    line = lines[-1] if lines else _first_line(project / path, function_of(case.id))
    return Failure(case.id, case.message, project / path, line)


def _first_line(file: Path, function: str) -> int:
    """The line of a test's `def`; the file's first where it cannot be found."""
    try:
        lines = SourceText.from_bytes(file.read_bytes()).lines
    except Exception:  # noqa: BLE001 - whatever is wrong with it, the failure is shown at its top
        return 0
    return next((each.line for each in find_tests(lines) if each.name == function), 0)
