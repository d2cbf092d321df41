"""One run of a package's own test suite, the judge of originals, bugs and patches."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SECONDS = 600.0
"""Longest time for one run; the slowest suite here takes a minute on a busy machine."""


class SuiteError(Exception):
    """The suite could not be run, or did not end."""


@dataclass(frozen=True, slots=True)
class SuiteRun:
    """What pytest's own JUnit report and exit status say. `failing` also names errors."""

    exit_code: int
    tests: int
    skipped: int
    failing: tuple[str, ...]
    seconds: float

    @property
    def passed(self) -> bool:
        return self.exit_code == 0 and self.tests > self.skipped and not self.failing

    def agrees(self, original: SuiteRun) -> bool:
        """Everything passes, and no test of the original's run went missing or was skipped."""
        return self.passed and (self.tests, self.skipped) == (original.tests, original.skipped)


def run(command: Sequence[str], project: Path) -> SuiteRun:
    """Run `pytest ...` in the project with this interpreter. Raises SuiteError."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "junit.xml"
        whole = [sys.executable, "-m", *command, "--junit-xml", str(report)]
        try:
            done = subprocess.run(
                [*whole, "-p", "no:cacheprovider"],
                cwd=project,
                env=environment(),
                capture_output=True,
                text=True,
                timeout=SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise SuiteError(f"the suite did not end within {SECONDS:.0f} s") from error
        seconds = time.monotonic() - started
        if done.returncode not in (0, 1) or not report.is_file():
            raise SuiteError(f"pytest ended with {done.returncode}: {done.stdout[-500:]}")
        cases = list(ElementTree.parse(report).getroot().iter("testcase"))
    return SuiteRun(
        exit_code=done.returncode,
        tests=len(cases),
        skipped=sum(1 for case in cases if case.find("skipped") is not None),
        failing=tuple(
            f"{case.get('classname')}::{case.get('name')}"
            for case in cases
            if case.find("failure") is not None or case.find("error") is not None
        ),
        seconds=seconds,
    )


def environment() -> dict[str, str]:
    """Ours, without what would make another interpreter or other options of pytest count."""
    dropped = ("VIRTUAL_ENV", "PYTHONPATH", "PYTEST_ADDOPTS")
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    return {**kept, "PYTHONDONTWRITEBYTECODE": "1"}
