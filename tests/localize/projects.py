"""Small projects for localization tests: texts, hand-made runs and coverage."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping

from repairlsp.errors import PatchError
from repairlsp.source import SourceText
from repairlsp.types import CoveredLine, FaultLocation, Frame, TestCase, TestRun


def reader(files: Mapping[str, str]) -> Callable[[str], SourceText]:
    """What `localize` reads files with."""

    def read(path: str) -> SourceText:
        if path not in files:
            raise PatchError(f"{path} is not a regular file of the project")
        return SourceText.from_text(files[path])

    return read


def run_of(*cases: TestCase) -> TestRun:
    return TestRun("failed", 1, cases, 0.1)


def failed(id: str, *frames: tuple[str, int, str], message: str = "AssertionError") -> TestCase:
    return TestCase(id, "failed", message, tuple(Frame(*frame) for frame in frames))


def passed(id: str) -> TestCase:
    return TestCase(id, "passed")


def lines_of(files: Mapping[str, str], path: str, *functions: str) -> frozenset[CoveredLine]:
    """Every line of the bodies of some functions."""
    found = set()
    for node in ast.walk(ast.parse(files[path])):
        if isinstance(node, ast.FunctionDef) and node.name in functions:
            found.update(range(node.body[0].lineno, (node.end_lineno or 0) + 1))
    return frozenset(CoveredLine(path, line) for line in found)


def by_line(locations: Iterable[FaultLocation], path: str) -> dict[int, float]:
    return {each.line: each.suspiciousness for each in locations if each.path == path}


def is_test(path: str) -> bool:
    return path.startswith("tests/")
