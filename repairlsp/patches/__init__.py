"""Patches: what they may touch, how they are shown, and how they get into the files."""

from repairlsp.patches.apply import apply, revert
from repairlsp.patches.diff import diff_header, unified_diff
from repairlsp.patches.journal import recover
from repairlsp.patches.policy import Policy, check
from repairlsp.patches.testpaths import is_test_path

__all__ = [
    "Policy",
    "apply",
    "check",
    "diff_header",
    "is_test_path",
    "recover",
    "revert",
    "unified_diff",
]
