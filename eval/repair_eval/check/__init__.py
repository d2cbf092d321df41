"""`repair-eval check`: prove that every defect of a suite is what its description says."""

from repair_eval.check.proof import Proof, prove
from repair_eval.check.suite import check_suite

__all__ = ["Proof", "check_suite", "prove"]
