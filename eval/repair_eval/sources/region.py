"""Which lines a language model is asked to write anew: the faulty function, or the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from repair_eval.configs.spec import Localization
from repair_eval.record import Line
from repair_eval.reference import fault_lines
from repair_eval.sources.base import Problem
from repair_eval.sources.search import NO_PLUGINS
from repair_eval.suite.languages import is_source
from repairlsp.baseline import run_baseline
from repairlsp.context import contexts, enclosing
from repairlsp.localize import localize
from repairlsp.patches import is_test_path
from repairlsp.source import SourceText
from repairlsp.types import CancelToken, LineSpan, RepairContext, RepairRequest
from repairlsp.validate import Workspace


@dataclass(frozen=True, slots=True)
class Region:
    """A part of a file, with what is suspected in it. `suspicious` is what localization found, the
    likeliest line first; empty where the place was given."""

    context: RepairContext
    source: SourceText
    suspicious: tuple[Line, ...] = ()


def find_region(
    problem: Problem, project: Path, localization: Localization, cancel: CancelToken
) -> Region | None:
    """The region of a project that is laid out with its visible tests; None where localization
    finds nothing. Outside Python it is a whole file, and found only where there is just one."""
    if localization == "given":
        return _around(problem, project, fault_lines(problem.defect))
    if problem.defect.language == "python":
        return _found(problem, project, cancel)
    tests = problem.defect.content.test_files("visible")
    files = [
        path.relative_to(project).as_posix()
        for path in sorted(project.rglob("*"))
        if path.is_file() and is_source(path.name, problem.defect.language)
    ]
    candidates = [path for path in files if path not in tests and not is_test_path(path)]
    if len(candidates) != 1:
        return None
    return _whole(_read(project, candidates[0]), candidates[0], ())


def _around(problem: Problem, project: Path, lines: Sequence[Line]) -> Region:
    """The function that holds all lines of the first file, or else that file."""
    path = lines[0].path
    numbers = [line for file, line in lines if file == path]
    source = _read(project, path)
    if problem.defect.language == "python":
        context = enclosing(source, path, LineSpan(min(numbers), max(numbers) + 1))
        if context.name and all(number in context.span for number in numbers):
            return Region(context, source)
    return _whole(source, path, numbers)


def _found(problem: Problem, project: Path, cancel: CancelToken) -> Region | None:
    """The most suspicious function, as the engine would see it."""
    tests = problem.defect.tests
    request = RepairRequest(
        project=project, command=(NO_PLUGINS, *tests.command), sandbox=problem.sandbox
    )
    with Workspace(project) as workspace:
        baseline = run_baseline(request, workspace, cancel)
        if baseline.run.status != "failed":
            return None
        locations = localize(
            baseline.run,
            baseline.coverage,
            workspace.source,
            is_test=lambda path: path in baseline.test_files or is_test_path(path),
            project=project,
        )
        message = baseline.run.failing[0].message
        first = next(contexts(locations, workspace.source, limit=1, message=message), None)
        if first is None:
            return None
        ranked = sorted(locations, key=lambda location: -location.suspiciousness)
        suspicious = tuple(Line(location.path, location.line) for location in ranked[:50])
        return Region(first, workspace.source(first.path), suspicious)


def _whole(source: SourceText, path: str, numbers: Sequence[int]) -> Region:
    span = LineSpan(1, len(source.lines) + 1)
    marks = dict.fromkeys(numbers, 1.0)
    return Region(RepairContext(path, "", span, source.lines, marks), source)


def _read(project: Path, path: str) -> SourceText:
    return SourceText.from_bytes((project / path).read_bytes())
