"""The shape of one file: its functions, and which stretch of it a line belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from repairlsp.context.definition import Definition
from repairlsp.context.grammar import Parsed, parse
from repairlsp.context.languages import PYTHON, Language
from repairlsp.context.layout import definitions_by_layout
from repairlsp.types import LineSpan

LONGEST_FUNCTION = 120
"""Lines of a function that are shown whole; a model reads 160 at most, and slowly."""
_LONGEST_OUTER = 100
"""A nested function is shown with the outer ones up to this many lines."""
_WINDOW = 40
"""Lines each way around a suspicious line of a longer function."""
_LONGEST_STATEMENT = 40
_AROUND_STATEMENT = 3
_AROUND_LINE = 10


class Region(NamedTuple):
    """A function, or (named "") what is outside all of them."""

    name: str
    span: LineSpan


@dataclass(frozen=True)
class Shape:
    """The functions of a file's `lines`, syntax errors or not. Without a language, it has none."""

    lines: Sequence[str]
    language: Language | None = PYTHON

    @cached_property
    def _parsed(self) -> Parsed:
        return parse(self.lines, self.language) if self.language else Parsed((), (), False)

    @cached_property
    def _definitions(self) -> tuple[Definition, ...]:
        parsed = self._parsed
        if not parsed.broken or self.language != PYTHON:
            return parsed.definitions
        # Where the tree has errors, layout is the better witness; where it has none, the tree is.
        sound = [each for each in parsed.definitions if each.kind == "function" and not each.broken]
        guessed = [
            each
            for each in definitions_by_layout(self.lines)
            if not any(known.holds(each.span) for known in sound)
        ]
        return tuple(sorted([*sound, *guessed], key=Definition.order))

    @cached_property
    def _around(self) -> dict[int, list[Definition]]:
        """Line -> the definitions that hold it, outermost first."""
        around: dict[int, list[Definition]] = {}
        for definition in self._definitions:
            for line in range(*definition.span):
                around.setdefault(line, []).append(definition)
        return around

    def region(self, span: LineSpan) -> Region:
        """The function that holds the lines of `span`; the whole file where there is none.

        The innermost one, or the outermost of those around it that is not too long. Its name is
        qualified by the classes and functions around it.
        """
        around = [each for each in self._around.get(span.start, ()) if each.holds(span)]
        functions = [each for each in around if each.kind == "function"]
        if not functions:
            return Region("", LineSpan(1, len(self.lines) + 1))
        short = [each for each in functions if _length(each.span) <= _LONGEST_OUTER]
        chosen = (short or functions[-1:])[0]
        names = [each.name for each in around if each.holds(chosen.span)]
        return Region(".".join(names), chosen.span)

    def window(self, region: Region, line: int) -> LineSpan:
        """The lines of a region to show for a suspicious line: the whole of a function that is
        not too long, else the lines around."""
        if region.name and _length(region.span) <= LONGEST_FUNCTION:
            return region.span
        if region.name:
            return _clip(LineSpan(line - _WINDOW, line + _WINDOW + 1), region.span)
        for statement in self._parsed.statements:
            if line in statement and _length(statement) <= _LONGEST_STATEMENT:
                start, end = statement
                around = LineSpan(start - _AROUND_STATEMENT, end + _AROUND_STATEMENT)
                return _clip(around, region.span)
        return _clip(LineSpan(line - _AROUND_LINE, line + _AROUND_LINE + 1), region.span)


def _length(span: LineSpan) -> int:
    return span.end - span.start


def _clip(span: LineSpan, outer: LineSpan) -> LineSpan:
    return LineSpan(max(span.start, outer.start), min(span.end, outer.end))
