"""The clock is set while we work: nothing that we decide depends on the time of day.

The clock of a machine cannot be set for one test, so this holds the code to clocks that nobody can
set: durations and limits are measured by `time.monotonic` and its like alone.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import repairlsp

PACKAGE = Path(repairlsp.__file__).parent
SETTABLE = {"time", "time_ns", "localtime", "gmtime", "ctime", "CLOCK_REALTIME"}
SETTABLE_DATES = {"now", "utcnow", "today"}
FILE_TIMES = {"st_mtime", "st_ctime", "st_mtime_ns", "st_ctime_ns", "getmtime", "getctime"}
# A file is as it was if its times are: they are compared for being the same, never with a clock.
COMPARES_FILE_TIMES = {
    "models/manifest.py",
    "validate/kept.py",
    "validate/project_copy.py",
    "validate/untouched.py",
}
# Training writes the date into what it makes.
FILES = sorted(
    path for path in PACKAGE.rglob("*.py") if "training" not in path.relative_to(PACKAGE).parts
)


def settable_times(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            of = node.value.id if isinstance(node.value, ast.Name) else ""
            if (of == "time" and node.attr in SETTABLE) or (
                of in ("datetime", "date") and node.attr in SETTABLE_DATES
            ):
                yield f"line {node.lineno}: {of}.{node.attr}"
        elif isinstance(node, ast.ImportFrom) and node.module == "time":
            yield from (f"line {node.lineno}: {n.name}" for n in node.names if n.name in SETTABLE)


def file_times(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in FILE_TIMES:
            yield f"line {node.lineno}: {node.attr}"


def test_no_clock_that_can_be_set() -> None:
    found = {
        str(path.relative_to(PACKAGE)): uses
        for path in FILES
        if (uses := list(settable_times(ast.parse(path.read_bytes()))))
    }
    assert found == {}


def test_times_of_files_are_compared_with_themselves_only() -> None:
    using = {
        str(path.relative_to(PACKAGE))
        for path in FILES
        if list(file_times(ast.parse(path.read_bytes())))
    }
    assert using <= COMPARES_FILE_TIMES


@pytest.mark.parametrize(
    "line",
    [
        "time.time()",
        "from time import time_ns",
        "datetime.now()",
        "time.clock_gettime(time.CLOCK_REALTIME)",
    ],
)
def test_it_would_be_found(line: str) -> None:
    assert list(settable_times(ast.parse(line)))
