"""What a test runner's adapter is."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from repair_eval.suite.vocabulary import Language
from repairlsp.sandbox import NEVER, Sandbox
from repairlsp.types import CancelToken, TestRun

MEMORY_BYTES = 4 << 30
"""Address space of one process of a test run, unless its runtime reserves far more than it uses."""


@dataclass(frozen=True, slots=True)
class Job:
    """A laid-out project and how it is tested; `seconds` bound a run, `case_seconds` one test."""

    project: Path
    language: Language
    command: tuple[str, ...]
    seconds: float
    case_seconds: float
    sandbox: Sandbox
    cancel: CancelToken = NEVER


class Session(Protocol):
    """A project that is ready to be tested, any number of times."""

    def run(self) -> TestRun:
        """Run the command once.

        The outcome of each test comes from the runner's own report and counts only where the exit
        status agrees with it. Raises CancelledError on a cancel, never because of what tests do.
        """
        ...

    def run_with(self, files: Mapping[str, bytes]) -> TestRun:
        """As `run`, on a copy of its own in which these files (path -> bytes) stand in place of the
        project's: no run sees what another one left.

        Raises PatchError where one of them is no regular file of the project.
        """
        ...


class Adapter(Protocol):
    """One runner."""

    def missing(self, language: Language) -> str | None:
        """What this machine lacks to test the language, in a few words; None for nothing."""
        ...

    def open(self, job: Job) -> AbstractContextManager[Session]:
        """Get a project ready: a place for it, its interpreter found."""
        ...
