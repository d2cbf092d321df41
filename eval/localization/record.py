"""Injects bugs and records, once, what the tests said: the costly part of the measurement.

A test that never enters the function that a bug is in does as it did before. So the whole suite is
run once per package, and per bug only the tests that enter the function; put together they are what
the whole suite says of the bug.
"""

from __future__ import annotations

import ast
import gzip
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from localization.inject import Injected, Site, inject, sites
from repairlsp.localize.outline import Outline
from repairlsp.patches import is_test_path
from repairlsp.sandbox import choose
from repairlsp.training import settings
from repairlsp.types import Coverage, CoveredLine, Frame, TestCase, TestRun
from repairlsp.validate import (
    ProjectCopy,
    TestCommand,
    TestRunReport,
    Workspace,
    resolve_command,
    run_tests,
)

SUITE_SECONDS = 400.0
CASE_SECONDS = 5.0
MEMORY = 3 << 30
AFFECTED_SECONDS = 8.0
"""A bug whose tests take longer than this, under coverage, is not taken: one bug in about ten."""
MOST_FAILING = 60


@dataclass(frozen=True)
class Observed:
    """A run and its coverage, as they are kept on disk."""

    cases: tuple[TestCase, ...]
    coverage: Coverage
    at_import: frozenset[CoveredLine] = frozenset()

    @property
    def run(self) -> TestRun:
        return TestRun("failed", 1, self.cases, 0.0)


class Recorder:
    """The whole suite of one package, and what bugs change about it."""

    def __init__(
        self, project: Path, test: Sequence[str], seed: int, original: Observed | None = None
    ) -> None:
        self._known = original
        self._rng = Random(seed)
        self._weights = settings.load().samples.operators
        self._workspace = Workspace(project)
        # A plugin of our own environment, whose warnings some packages take for errors.
        self._test = (*test, "-p", "no:asyncio")

    def __enter__(self) -> Recorder:
        self._workspace.__enter__()
        sandbox = choose("limits")
        self._command: TestCommand = resolve_command(self._workspace, self._test, sandbox)
        self._copy: ProjectCopy = self._workspace.copy()
        self.original = self._known or self._whole_suite()
        self._entered = self._tests_by_line()
        return self

    def __exit__(self, *_: object) -> None:
        self._workspace.close()

    def bugs(self, functions: int, constants: int) -> Iterator[tuple[Injected, Observed]]:
        """So many bugs that some test notices, with the runs of the tests that they concern."""
        for count, sites_ in zip((functions, constants), self._sites(), strict=True):
            made = tried = 0
            while sites_ and made < count and tried < 200 * count:
                tried += 1
                found = self._try(self._rng.choice(sites_))
                if found is not None:
                    made += 1
                    yield found

    def _whole_suite(self) -> Observed:
        report = self._run(None)
        if report.run.status != "passed" or not report.coverage:
            raise RuntimeError(f"{report.run.status}: {report.run.message} {report.run.output}")
        return Observed(report.run.cases, report.coverage, report.at_import)

    def _try(self, site: Site) -> tuple[Injected, Observed] | None:
        source = self._workspace.source(site.path)
        bug = inject(site, source, self._weights, self._rng)
        concerned = self._concerned(site)
        if bug is None or not concerned:
            return None
        times = {case.id: case.seconds for case in self.original.cases}
        if sum(times[test] for test in concerned) > AFFECTED_SECONDS:
            return None
        with self._copy.patched([bug.edit]):
            report = self._run(concerned)
        failing = len(report.run.failing)
        if report.run.status != "failed" or not 0 < failing <= MOST_FAILING:
            return None
        return bug, Observed(report.run.cases, report.coverage)

    def _run(self, tests: Sequence[str] | None) -> TestRunReport:
        return run_tests(
            self._copy,
            self._command,
            choose("limits"),
            tests=tests,
            seconds=SUITE_SECONDS,
            case_seconds=CASE_SECONDS,
            memory_bytes=MEMORY,
            coverage=True,
        )

    def _sites(self) -> tuple[list[Site], list[Site]]:
        paths = {line.path for line in (*self._entered, *self.original.at_import)}
        self._outlines = {
            path: Outline.of(self._workspace.source(path))
            for path in sorted(paths)
            if path.endswith(".py") and not is_test_path(path)
        }
        found = [site for path, outline in self._outlines.items() for site in sites(path, outline)]
        concerned = [site for site in found if self._concerned(site)]
        return [s for s in concerned if s.name], [s for s in concerned if s.constant]

    def _concerned(self, site: Site) -> list[str]:
        """The tests that enter a function, or lines that read a constant. None where such lines
        run at import, as then these tests are not all that a bug there concerns."""
        if site.name:
            span = range(site.span.start + 1, site.span.end)
            lines = [CoveredLine(site.path, line) for line in span]
            if any(line in self.original.at_import for line in lines):
                return []
        else:
            lines = []
            for path, outline in self._outlines.items():
                for line, nodes in outline.reads.items():
                    if any(_name(node) == site.constant for node in nodes):
                        if not outline.runs_in_call(line):
                            return []
                        lines.append(CoveredLine(path, line))
        return sorted({test for line in lines for test in self._entered.get(line, ())})

    def _tests_by_line(self) -> Mapping[CoveredLine, set[str]]:
        found: dict[CoveredLine, set[str]] = {}
        for case in self.original.cases:
            if case.outcome == "passed":
                for line in self.original.coverage.get(case.id, ()):
                    found.setdefault(line, set()).add(case.id)
        return found


def _name(node: ast.Name | ast.Attribute) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr


# --------------------------------------------------------------------------------------- on disk


def save(path: Path, document: Mapping[str, Any]) -> None:
    """Write gzipped JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(json.dumps(document).encode(), compresslevel=4))


def load(path: Path) -> Any:
    """Read what `save` wrote."""
    return json.loads(gzip.decompress(path.read_bytes()))


def to_json(observed: Observed) -> dict[str, Any]:
    """An observation as plain values; `observed_from` is the way back."""
    cases = [
        [case.id, case.outcome, case.message, [*map(_plain, case.frames)], case.seconds]
        for case in observed.cases
    ]
    coverage: dict[str, dict[str, list[int]]] = {}
    for test, lines in observed.coverage.items():
        files = coverage.setdefault(test, {})
        for line in sorted(lines):
            files.setdefault(line.path, []).append(line.line)
    at_import: dict[str, list[int]] = {}
    for line in sorted(observed.at_import):
        at_import.setdefault(line.path, []).append(line.line)
    return {"cases": cases, "coverage": coverage, "at_import": at_import}


def observed_from(document: Any) -> Observed:
    """What `to_json` made of an observation."""
    cases = tuple(
        TestCase(id, outcome, message, tuple(Frame(*frame) for frame in frames), seconds)
        for id, outcome, message, frames, seconds in document["cases"]
    )
    coverage = {test: _lines(files) for test, files in document["coverage"].items()}
    return Observed(cases, coverage, _lines(document.get("at_import", {})))


def _plain(frame: Frame) -> tuple[str, int, str]:
    return (frame.path, frame.line, frame.function)


_place = cache(CoveredLine)  # one object for each line


def _lines(files: Mapping[str, Iterable[int]]) -> frozenset[CoveredLine]:
    return frozenset(_place(path, line) for path, lines in files.items() for line in lines)
