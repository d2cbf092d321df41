"""Which paths hold tests, by the conventions of pytest, unittest and the projects that use them."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

# Modules that pytest collects by default, and its own plugin file. `testing.py` and `tests.py` are
# source in numpy, Jinja and others; who knows what was really collected says so (see policy.py).
_FILE = re.compile(
    r"test_.*\.py|.*_test\.py|conftest\.py"
    # What go test, Jest and Vitest, JUnit, RSpec and minitest look for.
    r"|.*_test\.go|.*\.(test|spec)\.[cm]?[jt]sx?|.*Tests?\.java|.*_(test|spec)\.rb|test_.*\.rb",
    re.DOTALL,
)
_FOLDERS = frozenset(
    {"test", "tests", "unittest", "unittests", "__tests__", "__mocks__"}
    | {
        f"{kind}_{name}"
        for kind in (
            "unit",
            "integration",
            "functional",
            "acceptance",
            "system",
            "regression",
            "e2e",
        )
        for name in ("test", "tests")
    }
)
_TOP_FOLDERS = frozenset({"testing"})
"""Tests only at the root of a project: `numpy/testing/` is source."""


def is_test_path(path: str) -> bool:
    """Whether a path relative to the project's root is a test, or data or a helper of tests."""
    *folders, name = PurePosixPath(path).parts or ("",)
    plain = [folder.replace("-", "_").casefold() for folder in folders]  # Pillow has `Tests/`
    return (
        _FILE.fullmatch(name) is not None
        or not _FOLDERS.isdisjoint(plain)
        or (bool(plain) and plain[0] in _TOP_FOLDERS)
    )
