"""A recorded bug as `localize` meets it: the whole suite's run, its coverage and the sources."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from localization.record import Observed, load, observed_from
from repairlsp.errors import PatchError
from repairlsp.localize.outline import Outline
from repairlsp.patches import is_test_path
from repairlsp.source import SourceText
from repairlsp.types import Coverage, CoveredLine, Edit, LineSpan, TestRun

_ANYWHERE = CoveredLine("", 0)


@dataclass
class Case:
    """One bug and everything that is known before it is looked for. `lines` are the faulty ones."""

    package: str
    operator: str
    path: str
    function: str
    lines: frozenset[int]
    run: TestRun
    coverage: Coverage
    folder: Path
    edit: Edit
    _sources: dict[str, SourceText] = field(default_factory=dict)

    def source(self, path: str) -> SourceText:
        """The buggy package's file. Raises PatchError where there is none."""
        if path not in self._sources:
            place = self.folder / path
            if not place.is_file():
                raise PatchError(f"{path} is not there")
            text = SourceText.from_bytes(place.read_bytes())
            self._sources[path] = text.apply([self.edit]) if path == self.edit.path else text
        return self._sources[path]

    def is_test(self, path: str) -> bool:
        """As the engine has it: by its name, or because tests of it ran."""
        return path in self._test_files or is_test_path(path)

    @cached_property
    def _test_files(self) -> frozenset[str]:
        ids = (case.id.split("::") for case in self.run.cases)
        return frozenset(
            path for path, *names in ids if any(name.lower().startswith("test") for name in names)
        )

    @cached_property
    def region(self) -> LineSpan:
        """The function that holds the bug, as the search sees it; for a constant, its lines."""
        outline = Outline.of(self.source(self.path))
        function = outline.function_at(min(self.lines)) or outline.function_at(max(self.lines))
        return function.span if function else LineSpan(min(self.lines), max(self.lines) + 1)


def cases(folder: Path) -> Iterator[Case]:
    """The recorded bugs of one package."""
    place = next(iter((folder / "source").iterdir()))
    original = observed_from(load(folder / "original.json.gz"))
    for file in sorted(folder.glob("[0-9]*.json.gz")):
        document = load(file)
        path, name, (start, end) = document["site"][:3]
        edit = Edit(path, LineSpan(start, end), tuple(document["edit"]))
        whole = _whole(original, observed_from(document), edit)
        yield Case(
            package=folder.name,
            operator=document["operator"],
            path=path,
            function=name,
            lines=frozenset(document["lines"]),
            run=whole.run,
            coverage=whole.coverage,
            folder=place,
            edit=edit,
        )


def _whole(original: Observed, concerned: Observed, edit: Edit) -> Observed:
    """What the whole suite says, of which the tests that the bug concerns were run.

    Of passing tests only the lines that some failing test executed as well are kept: the others
    have no part in any formula. That a passing test executed something has.
    """
    new = {case.id: case for case in concerned.cases}
    cases = tuple(new.pop(case.id, case) for case in original.cases)
    failing = {case.id for case in concerned.cases if case.outcome in ("failed", "error")}
    suspects = {line for test in failing for line in concerned.coverage.get(test, ())}
    coverage: dict[str, frozenset[CoveredLine]] = {}
    for case in cases:
        if case.id in failing:
            coverage[case.id] = concerned.coverage.get(case.id, frozenset())
        elif case.id in concerned.coverage:
            coverage[case.id] = frozenset(suspects & concerned.coverage[case.id]) | {_ANYWHERE}
        elif case.id in original.coverage:
            moved = _moved(original.coverage[case.id], edit)
            coverage[case.id] = frozenset(suspects & moved) | {_ANYWHERE}
    return Observed((*cases, *new.values()), coverage)


def _moved(lines: frozenset[CoveredLine], edit: Edit) -> frozenset[CoveredLine]:
    by = len(edit.lines) - (edit.span.end - edit.span.start)
    if not by:
        return lines
    return frozenset(
        CoveredLine(path, line + by)
        if path == edit.path and line >= edit.span.end
        else CoveredLine(path, line)
        for path, line in lines
    )
