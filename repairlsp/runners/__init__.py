"""Test runs that somebody else made: what a runner's report says of them."""

from repairlsp.runners.junit import ReportedCase, read_junit
from repairlsp.runners.pytest_ids import EarlierRun, earlier_run

__all__ = ["EarlierRun", "ReportedCase", "earlier_run", "read_junit"]
