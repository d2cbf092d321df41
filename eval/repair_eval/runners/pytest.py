"""pytest, run as `repairlsp fix` runs it: in a working copy, with the plugins of `validate`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from repair_eval.runners.base import MEMORY_BYTES, Job
from repair_eval.suite.vocabulary import Language
from repairlsp.types import TestRun
from repairlsp.validate import ProjectCopy, TestCommand, Workspace, resolve_command, run_tests

_NO_PLUGINS = "PYTEST_DISABLE_PLUGIN_AUTOLOAD=1"
"""Whatever else is installed here must not change a result, nor take its second to be loaded."""


class PytestSession:
    """A working copy and its resolved command."""

    def __init__(self, job: Job, copy: ProjectCopy, command: TestCommand) -> None:
        self._job = job
        self._copy = copy
        self._command = command

    def run(self) -> TestRun:
        """See `Session`."""
        report = run_tests(
            self._copy,
            self._command,
            self._job.sandbox,
            seconds=self._job.seconds,
            case_seconds=self._job.case_seconds,
            memory_bytes=MEMORY_BYTES,
            cancel=self._job.cancel,
        )
        return report.run


class PytestAdapter:
    """Python: the interpreter that runs us has pytest, so nothing can be missing."""

    def missing(self, language: Language) -> str | None:
        """None."""
        return None

    @contextmanager
    def open(self, job: Job) -> Iterator[PytestSession]:
        """Raises BrokenEnvironmentError where the interpreter does not work."""
        with Workspace(job.project) as workspace:
            words = (_NO_PLUGINS, *job.command)
            command = resolve_command(workspace, words, job.sandbox, job.cancel)
            yield PytestSession(job, workspace.copy(), command)
