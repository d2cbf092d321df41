"""pytest, run as `repairlsp fix` runs it: in a working copy, with the plugins of `validate`."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import NamedTuple

from repair_eval.removal import later
from repair_eval.runners.base import MEMORY_BYTES, Job
from repair_eval.suite.vocabulary import Language
from repairlsp.sandbox import Sandbox
from repairlsp.types import CancelToken, TestRun
from repairlsp.validate import ProjectCopy, TestCommand, Workspace, resolve_command, run_tests
from repairlsp.validate.interpreter import project_interpreter
from repairlsp.validate.kept import remove_tree
from repairlsp.validate.untouched import Untouched

_NO_PLUGINS = "PYTEST_DISABLE_PLUGIN_AUTOLOAD=1"
"""Whatever else is installed here must not change a result, nor take its second to be loaded."""
_KNOWN_PROGRAM = re.compile(r"(.*/)?(pytest|py\.test|python[\d.]*)")


class PytestSession:
    """A project's workspace and its resolved command."""

    def __init__(self, job: Job, workspace: Workspace, known: _Known) -> None:
        self._job = job
        self._workspace = workspace
        self._known = known  # to the end: its workspace holds the plugins
        self._command = known.command

    def run(self) -> TestRun:
        """See `Session`. All these runs are in one copy, which is put back after each."""
        return self._run_in(self._copy, sweep=True)

    def run_with(self, files: Mapping[str, bytes]) -> TestRun:
        """See `Session`. A run that writes to what other runs are made from is broken."""
        copy = self._workspace.copy()
        try:
            copy.replace(files)
            others = (self._job.project, copy.foundations[0], self._command.tools)
            foundations = Untouched(others)
            run = self._run_in(copy, sweep=False)
            touched = foundations.changed()
        finally:
            later(partial(remove_tree, copy.root.parent))
        if touched is None:
            return run
        for key in [key for key, known in _KNOWN.items() if known.kit is self._known.kit]:
            del _KNOWN[key]
        message = f"the tests wrote to {touched}, outside their copy"
        return TestRun("broken", run.exit_code, (), run.seconds, run.output, message)

    @cached_property
    def _copy(self) -> ProjectCopy:
        return self._workspace.copy()

    def _run_in(self, copy: ProjectCopy, *, sweep: bool) -> TestRun:
        report = run_tests(
            copy,
            self._command,
            self._job.sandbox,
            seconds=self._job.seconds,
            case_seconds=self._job.case_seconds,
            memory_bytes=MEMORY_BYTES,
            sweep=sweep,
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
            known = _resolved(workspace, words, job.sandbox, job.cancel)
            yield PytestSession(job, workspace, known)


class _Known(NamedTuple):
    """What an interpreter told of itself, and the workspace with the plugins that it compiled."""

    command: TestCommand
    kit: Workspace


_KNOWN: dict[tuple[object, ...], _Known] = {}
"""A process start takes as long as a quarter of a small test run, so each interpreter is asked once
by each of our processes."""


def _resolved(
    workspace: Workspace, words: Sequence[str], sandbox: Sandbox, cancel: CancelToken
) -> _Known:
    """The command for a workspace. What belongs to the project itself, its own environment or
    script, is looked at anew each time."""
    at = next((at for at, word in enumerate(words) if "=" not in word), 0)
    head, rest = tuple(words[: at + 1]), words[at + 1 :]
    executable = project_interpreter(workspace.project)
    own = executable.is_relative_to(workspace.project)
    relative = os.sep in words[at] and not Path(words[at]).is_absolute()
    if own or relative or not _KNOWN_PROGRAM.fullmatch(words[at]):
        return _Known(resolve_command(workspace, words, sandbox, cancel), workspace)
    key = (head, executable, sandbox.name)
    if key not in _KNOWN:
        with tempfile.TemporaryDirectory(prefix="repair-eval-") as nothing:
            kit = Workspace(Path(nothing)).__enter__()  # until this process ends
            _KNOWN[key] = _Known(resolve_command(kit, head, sandbox, cancel), kit)
    command, kit = _KNOWN[key]
    arguments = (*command.arguments, *rest)
    return _Known(replace(command, arguments=arguments, project=workspace.project), kit)
