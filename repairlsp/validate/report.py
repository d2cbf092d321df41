"""Reading what our plugins wrote inside pytest."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from repairlsp.types import Coverage, CoveredLine, Frame, TestCase
from repairlsp.validate.signed import Forged, signed_lines

_WORST = ("passed", "xpassed", "xfailed", "skipped", "failed", "error")


@dataclass(slots=True)
class PluginReport:
    """The report file's content. `exit_status` is None when the session did not end in order;
    `running` is the test that had begun and not ended; `out_of_sight` are those whose coverage is
    not all that they ran. `forged`: not, or not only, our plugins wrote it."""

    loaded: bool = False
    collected: int | None = None
    cases: dict[str, TestCase] = field(default_factory=dict)
    running: str | None = None
    stopped_at: str | None = None
    out_of_sight: set[str] = field(default_factory=set)
    foreign: Mapping[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    exit_status: int | None = None
    forged: bool = False


def read_report(path: Path, key: str, files: Collection[str]) -> PluginReport:
    """Read a report signed with `key`, also one that ends in the middle of a line because its
    writer was killed. Frames outside `files`, the project's own, are left out."""
    report = PluginReport()
    try:
        for line in signed_lines(path, key):
            _take(report, line, files)
    except FileNotFoundError:
        pass
    except Forged:
        report.forged = True
    return report


def _take(report: PluginReport, line: dict[str, Any], files: Collection[str]) -> None:
    match line:
        case {"loaded": _}:
            report.loaded = True
        case {"collected": int(count)}:
            report.collected = count
        case {"start": str(test)}:
            report.running = test
        case {"case": str(test)}:
            report.running = None if report.running == test else report.running
            case = TestCase(
                id=test,
                outcome=line["outcome"],
                message=line["message"],
                frames=tuple(Frame(*frame) for frame in line["frames"] if frame[0] in files),
                seconds=line["seconds"],
            )
            before = report.cases.get(test)
            if before is None or _WORST.index(case.outcome) > _WORST.index(before.outcome):
                report.cases[test] = case
        case {"stopped": str(test)}:
            report.stopped_at = test
        case {"out_of_sight": _} if report.running is not None:
            report.out_of_sight.add(report.running)
        case {"foreign": dict(modules)}:
            report.foreign = modules
        case {"note": str(note)}:
            report.notes.append(note)
        case {"exit": int(status)}:
            report.exit_status = status


@dataclass(frozen=True, slots=True)
class CoverageReport:
    """`by_test`: test id -> lines. `at_import`: lines that ran outside every test."""

    by_test: Coverage = field(default_factory=dict)
    at_import: frozenset[CoveredLine] = frozenset()


def read_coverage(path: Path) -> CoverageReport:
    """Read the coverage plugin's file; empty when it wrote none."""
    try:
        told = json.loads(path.read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return CoverageReport()
    lines: dict[str, set[CoveredLine]] = {test: set() for test in told["tests"]}
    for file, by_test in told["lines"].items():
        # One object for each line: a suite has thousands of tests that execute the same ones.
        places = {number: CoveredLine(file, number) for number in set().union(*by_test.values())}
        for index, numbers in by_test.items():
            lines[told["tests"][int(index)]].update(map(places.__getitem__, numbers))
    at_import = frozenset(lines.pop("", set()))
    return CoverageReport({test: frozenset(found) for test, found in lines.items()}, at_import)
