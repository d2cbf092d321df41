"""Which tests of a package cover which of its lines, and how long they take."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from repairlsp.sandbox import choose
from repairlsp.types import CoveredLine
from repairlsp.validate import Workspace, resolve_command, run_tests
from synthetic.environment import python
from synthetic.packages import Package
from synthetic.pytest_run import PytestError

_SUITE_SECONDS = 500.0
_MEMORY = 4 << 30
_WORTH_RUNNING = 3.0
"""Seconds that tests may have taken with coverage, which doubles their time or triples it; what a
command really takes is measured before it is used."""


@dataclass(frozen=True)
class Survey:
    """`seconds`: test -> how long it took; `covering`: line -> the tests that ran it."""

    seconds: dict[str, float]
    covering: dict[CoveredLine, frozenset[str]]

    @classmethod
    def kept(cls, package: Package, project: Path, environment: Path, file: Path) -> Self:
        """The survey in `file`, made first where it is not there yet. Raises PytestError."""
        if file.is_file():
            kept = json.loads(file.read_text("utf-8"))
            tests = [*kept["seconds"]]
            covering = {
                CoveredLine(path, int(line)): frozenset(tests[at] for at in which)
                for path, lines in kept["covering"].items()
                for line, which in lines.items()
            }
            return cls(kept["seconds"], covering)
        made = cls.of(package, project, environment)
        at = {test: number for number, test in enumerate(made.seconds)}
        by_path: dict[str, dict[int, list[int]]] = defaultdict(dict)
        for line, covered_by in made.covering.items():
            by_path[line.path][line.line] = sorted(at[test] for test in covered_by)
        file.write_text(json.dumps({"seconds": made.seconds, "covering": by_path}), "utf-8")
        return made

    @classmethod
    def of(cls, package: Package, project: Path, environment: Path) -> Self:
        """Run the package's whole suite once with coverage. Raises PytestError."""
        interpreter = str(python(environment))
        with Workspace(project) as workspace:
            sandbox = choose("auto")
            words = [interpreter, "-m", *package.release.suite]
            command = resolve_command(workspace, words, sandbox)
            report = run_tests(
                workspace.copy(),
                command,
                sandbox,
                seconds=_SUITE_SECONDS,
                memory_bytes=_MEMORY,
                coverage=True,
            )
        if report.run.status != "passed":
            failing = ", ".join(case.id for case in report.run.failing[:5])
            raise PytestError(f"{package.name}: {report.run.message} {failing}")
        seconds = {case.id: case.seconds for case in report.run.cases}
        covering: dict[CoveredLine, set[str]] = defaultdict(set)
        for test, lines in report.coverage.items():
            for line in lines:
                if test in seconds:
                    covering[line].add(test)
        return cls(
            seconds,
            {line: frozenset(tests) for line, tests in covering.items()},
        )

    def tests_for(self, lines: Collection[CoveredLine]) -> Iterator[tuple[str, ...]]:
        """What a developer would run for these lines: the file with most of the tests that cover
        them; where it takes too long the class with most of them, else the function."""
        covering = {test for line in lines for test in self.covering.get(line, ())}
        for depth in (1, 2, 3):
            groups = Counter(_group(test, depth) for test in covering)
            for group, _ in sorted(groups.items(), key=lambda item: (-item[1], item[0])):
                if self._takes(group) <= _WORTH_RUNNING:
                    yield (group,)
                    break

    def _takes(self, group: str) -> float:
        return sum(
            seconds
            for test, seconds in self.seconds.items()
            if test == group or test.startswith((f"{group}::", f"{group}["))
        )


def _group(test: str, depth: int) -> str:
    """The file (depth 1), class or function (2), method (3) of a test id, without parameters."""
    return "::".join(test.partition("[")[0].split("::")[:depth])
