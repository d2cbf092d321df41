"""Test runners: a project's own command as pytest's, and runs that somebody else has reported.

words = as_pytest(["python", "-m", "unittest", "tests.test_cart"], project)
run, unknown = earlier_run(read_junit(Path("report.xml")), project)
"""

from repairlsp.runners.commands import as_pytest, usual_command
from repairlsp.runners.junit import ReportedCase, read_junit
from repairlsp.runners.pytest_ids import EarlierRun, earlier_run

__all__ = [
    "EarlierRun",
    "ReportedCase",
    "as_pytest",
    "earlier_run",
    "read_junit",
    "usual_command",
]
