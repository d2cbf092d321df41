"""Which shape a fix has, by its files: what `defect.toml` says has to agree."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from repair_eval.suite.vocabulary import Language, Shape
from repairlsp.types import LineSpan


class Hunk(NamedTuple):
    """One run of lines that differ: where it is in the buggy file, and where in the fixed one."""

    buggy: LineSpan
    fixed: LineSpan


def shapes(changed: Mapping[str, tuple[bytes, bytes]], language: Language) -> frozenset[Shape]:
    """The shapes that a fix may be said to have. More than one only where functions are not told
    apart: in every language but Python.

    `changed` maps paths to (buggy, fixed). Empty where nothing differs.
    """
    if len(changed) > 1:
        return frozenset({"multi-file"})
    found: list[Hunk] = []
    functions: set[str] = set()
    for buggy, fixed in changed.values():
        found = hunks(buggy, fixed)
        if language == "python":
            functions |= _functions(buggy, (hunk.buggy for hunk in found))
            functions |= _functions(fixed, (hunk.fixed for hunk in found))
    if not found:
        return frozenset()
    if len(functions) > 1:
        return frozenset({"multi-function"})
    if len(found) > 1:
        return frozenset(
            {"multi-hunk"} if language == "python" else {"multi-hunk", "multi-function"}
        )
    lengths = [span.end - span.start for span in found[0]]
    return frozenset({"one-line"} if max(lengths) <= 1 else {"multi-line"})


def hunks(buggy: bytes, fixed: bytes) -> list[Hunk]:
    """The runs of lines in which two files differ."""
    before, after = buggy.splitlines(), fixed.splitlines()
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return [
        Hunk(LineSpan(i1 + 1, i2 + 1), LineSpan(j1 + 1, j2 + 1))
        for tag, i1, i2, j1, j2 in matcher.get_opcodes()
        if tag != "equal"
    ]


def _functions(source: bytes, spans: Iterable[LineSpan]) -> set[str]:
    """The names of the functions and methods (`Class.method`) that hold lines of the spans."""
    lines = source.splitlines()
    touched = {
        line
        for span in spans
        for line in range(*span)
        if line <= len(lines) and lines[line - 1].strip()
    }
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return set()
    return {
        name
        for name, function in _outermost(tree.body)
        if touched & set(range(function.lineno, (function.end_lineno or function.lineno) + 1))
    }


def _outermost(
    body: Sequence[ast.stmt], within: str = ""
) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield within + node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from _outermost(node.body, f"{within}{node.name}.")
        elif isinstance(node, ast.If | ast.Try):
            yield from _outermost(node.body, within)
