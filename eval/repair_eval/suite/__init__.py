"""The defect suite: what a defect is, and how suites of different kinds are loaded.

suite = load_suite(Path("defects"), only=["python"])
for defect in suite.defects:
    defect.content.lay_out(folder, "buggy", "visible")
"""

from repair_eval.suite.defect import Content, Defect, Tests, TestSet, Version
from repair_eval.suite.errors import SuiteError
from repair_eval.suite.load import Refused, Suite, load_suite

__all__ = [
    "Content",
    "Defect",
    "Refused",
    "Suite",
    "SuiteError",
    "TestSet",
    "Tests",
    "Version",
    "load_suite",
]
