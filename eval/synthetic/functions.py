"""The functions of a package that may get a bug."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from repairlsp.generate.prompt import line_edits
from repairlsp.patches import is_test_path
from repairlsp.source import SourceText
from repairlsp.types import CoveredLine, Edit, LineSpan

_SHORTEST = 3
"""Lines. A body of one line is too little to search in, and many packages have the same."""


@dataclass(frozen=True)
class Function:
    """An outermost function or method, without its decorators.

    `lines` are its lines as they stand in the file, `body` starts after signature and docstring.
    """

    package: str
    path: str
    name: str
    span: LineSpan
    body: LineSpan
    lines: tuple[str, ...]

    @property
    def id(self) -> str:
        """`package/module.name`, as in `boltons/strutils.slugify`."""
        place = PurePosixPath(self.path)
        module = place.parent.name if place.stem == "__init__" else place.stem
        return f"{self.package}/{module}.{self.name}"

    @cached_property
    def indentation(self) -> str:
        return self.lines[0][: len(self.lines[0]) - len(self.lines[0].lstrip())]

    @property
    def dedented(self) -> tuple[str, ...]:
        """The lines without the function's indentation. Inside texts some may never have had it."""
        return tuple(line.removeprefix(self.indentation) for line in self.lines)

    def edits(self, mutated: tuple[str, ...]) -> tuple[Edit, ...]:
        """What turns the function's lines in the file into dedented, mutated ones."""
        start = self.span.start - 1
        return tuple(
            Edit(
                self.path,
                LineSpan(start + edit.start, start + edit.end),
                tuple(self.indentation + line if line else line for line in edit.lines),
            )
            for edit in line_edits(self.dedented, mutated)
        )

    def touched(self, edits: tuple[Edit, ...]) -> frozenset[CoveredLine]:
        """The lines of the original that the edits change; for an insertion, its neighbours."""
        spans = [
            edit.span
            if edit.span.end > edit.span.start
            else LineSpan(edit.span.start - 1, edit.span.start + 1)
            for edit in edits
        ]
        return frozenset(
            CoveredLine(self.path, line) for span in spans for line in range(span.start, span.end)
        )


def functions(package: str, project: Path, code: tuple[str, ...]) -> Iterator[Function]:
    """Every function of these folders, tests aside, in the order of the files."""
    for folder in code:
        for file in sorted((project / folder).rglob("*.py")):
            path = file.relative_to(project).as_posix()
            if not is_test_path(path):
                yield from _of_file(package, path, SourceText.from_bytes(file.read_bytes()))


def _of_file(package: str, path: str, source: SourceText) -> Iterator[Function]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = ast.parse(source.text)
    for name, node in _outermost(tree.body, ""):
        end = (node.end_lineno or node.lineno) + 1
        body = node.body[1:] if ast.get_docstring(node, clean=False) is not None else node.body
        span = LineSpan(node.lineno, end)
        if body and end - span.start >= _SHORTEST:
            lines = source.lines[span.start - 1 : span.end - 1]
            yield Function(package, path, name, span, LineSpan(body[0].lineno, end), lines)


def _outermost(
    statements: list[ast.stmt], prefix: str
) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for node in statements:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield prefix + node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from _outermost(node.body, f"{prefix}{node.name}.")
        elif isinstance(node, ast.If | ast.Try):
            yield from _outermost([*node.body, *node.orelse], prefix)
