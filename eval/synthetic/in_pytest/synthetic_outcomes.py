"""A plugin for pytest: writes what became of each phase of each test, one JSON list a line."""

import json
import os
from pathlib import Path

import pytest

_PATH = Path(os.environ["SYNTHETIC_OUTCOMES"])


def _write(*entry: str) -> None:
    with _PATH.open("a", encoding="utf-8") as file:
        file.write(json.dumps(entry) + "\n")


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Subtests come here too, with the id of their test."""
    _write(report.nodeid, str(report.when), report.outcome)


def pytest_collectreport(report: pytest.CollectReport) -> None:
    """A file that cannot be imported has no tests to report."""
    if report.failed:
        _write(report.nodeid, "collect", report.outcome)
