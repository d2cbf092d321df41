"""Bugs planted in whole modules: what the benchmarks of `generate/` repair.

A bug operator changes one function of an installed package, and the rest of its module stays, so
that the names, classes and constants that a fix may need are there, as in a user's project.
"""

from __future__ import annotations

import ast
import builtins
import keyword
import re
import tomllib
import warnings
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from random import Random
from typing import NamedTuple

from repairlsp.source import SourceText
from repairlsp.training import corpus, settings
from repairlsp.training.operators import OPERATORS, Function
from repairlsp.types import Candidate, LineSpan, RepairContext

FREQUENCIES = Path(__file__).with_name("frequencies.toml")
MIN_LINES, MAX_LINES = 3, 60


class Place(NamedTuple):
    """A function of a package, in its module. `indent` is what its lines begin with."""

    package: str
    lines: tuple[str, ...]
    span: LineSpan
    indent: str

    @property
    def function(self) -> Function | None:
        """The function by itself; None where taking its indentation away would change it."""
        own = self.lines[self.span.start - 1 : self.span.end - 1]
        if any(line.strip() and not line.startswith(self.indent) for line in own):
            return None
        return Function.parse([line.removeprefix(self.indent).rstrip() for line in own])


class Bug:
    """A buggy module, and how to tell the fix."""

    def __init__(self, family: str, place: Place, function: tuple[str, ...]) -> None:
        start, end = place.span
        self.family, self.package = family, place.package
        self.span = LineSpan(start, start + len(function))
        new = tuple(place.indent + line if line else "" for line in function)
        old = place.lines[start - 1 : end - 1]
        self.source = SourceText(
            (*place.lines[: start - 1], *new, *place.lines[end - 1 :]),
            ("\n",) * (len(place.lines) + len(new) - len(old)),
        )
        self._tail = len(place.lines) + 1 - end
        self._fixed = "\n".join(line.rstrip() for line in old)
        self.buggy_lines, self.fixed_lines = new, tuple(line.rstrip() for line in old)

    @property
    def context(self) -> RepairContext:
        """The function, nothing in it marked, as when only coverage accuses it."""
        lines = dict.fromkeys(range(self.span.start + 1, self.span.end), 0.5)
        own = self.source.lines[self.span.start - 1 : self.span.end - 1]
        return RepairContext("module.py", "f", self.span, own, lines)

    @cached_property
    def _fixed_shape(self) -> tuple[str, str]:
        return _squeezed(self._fixed), _dump(self._fixed)

    def is_fixed_by(self, candidate: Candidate) -> bool:
        """Whether the candidate restores the function's syntax tree."""
        after = list(self.source.lines)
        for edit in sorted(candidate.edits, key=lambda edit: edit.span, reverse=True):
            after[edit.span.start - 1 : edit.span.end - 1] = edit.lines
        text = "\n".join(after[self.span.start - 1 : len(after) - self._tail])
        squeezed, dump = self._fixed_shape
        return _squeezed(text) == squeezed and _dump(text) == dump

    @cached_property
    def expressible(self) -> bool:
        """Whether the fix is made of names and literals that the buggy module also has.

        Builtins, keywords, and the numbers -1 to 10 count as there. What needs another word must
        come from a model of the language, not from templates.
        """
        before, after = _words("\n".join(self.buggy_lines)), _words(self._fixed)
        new = {word for word, n in after.items() if n > before.get(word, 0)}
        if not new:
            return True
        there = _words("\n".join(self.source.lines)).keys() | _EVERYWHERE
        return new <= there


def places(packages: Iterable[str]) -> list[Place]:
    """The functions of 3 to 60 lines of installed packages ("python" is the standard library)."""
    chosen = settings.load().corpus
    found: list[Place] = []
    for package in packages:
        files = corpus._stdlib_files() if package == "python" else corpus._package_files(package)
        for root, path in files:
            if not corpus._excluded(path, chosen.excluded_folders):
                found += _functions(package, root / path)
    return found


def plant(places: Sequence[Place], count: int, seed: int) -> Iterator[Bug]:
    """`count` single bugs, their kinds drawn by `frequencies.toml`, the places at random."""
    rng = Random(seed)
    weights: dict[str, float] = tomllib.loads(FREQUENCIES.read_text("utf-8"))["operators"]
    names = list(weights)
    while count > 0:
        name = rng.choices(names, list(weights.values()))[0]
        for _ in range(200):
            if bug := _planted(name, rng.choice(places), rng):
                count -= 1
                yield bug
                break


def _planted(name: str, place: Place, rng: Random) -> Bug | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        function = place.function
        options = list(OPERATORS[name].mutate(function, rng)) if function else []
        if not function or not options:
            return None
        buggy = rng.choice(options).lines
        if buggy == function.lines or Function.parse(buggy) is None:
            return None
        if ast.dump(Function.parse(buggy).tree) == ast.dump(function.tree):  # type: ignore[union-attr]
            return None
        try:
            compile("\n".join(buggy), "f", "exec", dont_inherit=True)
        except (SyntaxError, ValueError):
            return None
    return Bug(name, place, buggy)


def _functions(package: str, path: Path) -> Iterator[Place]:
    try:
        lines = SourceText.from_bytes(path.read_bytes()).lines
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse("\n".join(lines))
    except Exception:  # noqa: BLE001 (a package's file that we cannot read: there are others)
        return
    stack: list[ast.AST] = [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
            line = lines[node.lineno - 1]
            indent = line[: len(line) - len(line.lstrip())]
            if MIN_LINES <= node.end_lineno + 1 - node.lineno <= MAX_LINES:
                yield Place(package, lines, LineSpan(node.lineno, node.end_lineno + 1), indent)
        else:
            stack.extend(ast.iter_child_nodes(node))


_BLANKS = re.compile(r"[\s()]+")
_WORD = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"|[^\W\d]\w*|\d[\w.]*")
_EVERYWHERE = {*dir(builtins), *map(str, range(11)), *keyword.kwlist, "''", '""'}


def _squeezed(text: str) -> str:
    return _BLANKS.sub("", text).replace('"', "'")


def _dump(text: str) -> str:
    header = "if 1:\n" if text[:1].isspace() else ""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.dump(ast.parse(header + text))
        except SyntaxError:
            return text


def _words(text: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for word in _WORD.findall(text):
        found[word] = found.get(word, 0) + 1
    return found
