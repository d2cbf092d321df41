"""A defect on the test bench: its buggy version, tested with one change after another.

It is laid out once for each set of tests, not once for each run: to lay out, copy and look at a
project takes a small one as long as a tenth of its tests.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, Self

from repair_eval.patched import patched_files
from repair_eval.removal import later
from repair_eval.runners import Session, open_session
from repair_eval.suite import Defect, TestSet
from repairlsp.sandbox import NEVER, Sandbox
from repairlsp.types import CancelToken, TestRun


class _LaidOut(NamedTuple):
    project: Path
    session: Session


class Bench:
    """Runs the tests of `defect`. A context manager: what it laid out goes when the block is left.

    Raises SuiteError where the defect's content cannot be had, BrokenEnvironmentError where its
    runner does not work, and otherwise only CancelledError.
    """

    def __init__(self, defect: Defect, sandbox: Sandbox, cancel: CancelToken = NEVER) -> None:
        self.defect = defect
        self._sandbox = sandbox
        self._cancel = cancel
        self._open: dict[TestSet, _LaidOut] = {}
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._clear()

    @cached_property
    def changed(self) -> Mapping[str, tuple[bytes, bytes]]:
        """The files that the reference fix changes: path -> (buggy, fixed)."""
        return self.defect.content.changed()

    @property
    def project(self) -> Path:
        """The buggy version with its visible tests, to be read."""
        return self._laid_out("visible").project

    def patched(self, diff: str) -> dict[str, bytes]:
        """The files that an answer changes. Raises PatchError; see `patched_files`."""
        return patched_files(self.defect, self.project, diff)

    def run(self, files: Mapping[str, bytes], tests: TestSet) -> TestRun:
        """Run the tests once, with `files` (path -> bytes) in place of the buggy version's. Nothing
        of it is left for the next run: one that broke down has everything laid out anew."""
        run = self._laid_out(tests).session.run_with(files)
        if run.status == "broken":
            self._clear()
        return run

    def _laid_out(self, tests: TestSet) -> _LaidOut:
        if tests not in self._open:
            folder = self._stack.enter_context(
                tempfile.TemporaryDirectory(prefix="repair-eval-", ignore_cleanup_errors=True)
            )
            project = Path(folder) / self.defect.id.rpartition("/")[2]
            self.defect.content.lay_out(project, "buggy", tests)
            session = self._stack.enter_context(
                open_session(self.defect, project, tests, self._sandbox, self._cancel)
            )
            self._open[tests] = _LaidOut(project, session)
        return self._open[tests]

    def _clear(self) -> None:
        self._open.clear()
        later(self._stack.pop_all().close)
