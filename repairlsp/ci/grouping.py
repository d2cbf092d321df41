"""Which failing tests most likely have one cause, so that one patch is asked to repair them all.

Tests are put together that are cases of one function, that end in the same exception raised at the
same place of the program, or that executed the same most suspicious functions. Putting too many
together is the lesser mistake: a patch that repairs only some of a group splits it, while a patch
that was only asked to please one of its tests fits that one test.
"""

from __future__ import annotations

import ast
import math
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple

from repairlsp.errors import PatchError
from repairlsp.patches import is_test_path
from repairlsp.source import SourceText
from repairlsp.types import Coverage, TestCase

_NEAR = 0.8
"""A function this much as suspicious as a test's most suspicious one counts as well."""
_UNFIT = (SyntaxError, ValueError, RecursionError, MemoryError, PatchError)


class Function(NamedTuple):
    """A function of the program, by the line that its header starts in."""

    path: str
    line: int


def groups(
    failing: Sequence[TestCase],
    passing: Collection[TestCase],
    coverage: Coverage,
    source: Callable[[str], SourceText],
) -> list[tuple[str, ...]]:
    """The ids of the failing tests, grouped; the largest group first, then by the report's order.

    `coverage` may be empty. `source` reads a file and raises PatchError where it cannot.
    """
    parents = {case.id: case.id for case in failing}

    def find(test: str) -> str:
        while parents[test] != test:
            test = parents[test]
        return test

    seen: dict[object, str] = {}
    suspicious = _suspicious(failing, passing, coverage, source)
    for case in failing:
        for key in (*_keys(case), *suspicious.get(case.id, ())):
            if key in seen:
                parents[find(case.id)] = find(seen[key])
            seen.setdefault(key, case.id)
    gathered: dict[str, list[str]] = {}
    for case in failing:
        gathered.setdefault(find(case.id), []).append(case.id)
    return sorted((tuple(tests) for tests in gathered.values()), key=len, reverse=True)


def _keys(case: TestCase) -> list[object]:
    """What a test shares with others of the same cause, by its report alone."""
    keys: list[object] = [("function", case.id.partition("[")[0])]
    inner = next((frame for frame in reversed(case.frames) if not is_test_path(frame.path)), None)
    if inner is not None:
        kind = case.message.partition(":")[0]
        keys.append(("raised", kind, inner.path, inner.line))
    return keys


def _suspicious(
    failing: Sequence[TestCase],
    passing: Collection[TestCase],
    coverage: Coverage,
    source: Callable[[str], SourceText],
) -> Mapping[str, frozenset[Function]]:
    """For each failing test the functions that it executed and few passing tests did: the most
    suspicious ones by Ochiai (Abreu et al., PRDC 2006), the one test being all that fail."""
    functions = _Functions(source)
    executed = {case.id: coverage.get(case.id, frozenset()) for case in failing}
    # Only these lines matter: 5,000 tests of 5,000 lines each would take ten seconds.
    all_lines = frozenset().union(*executed.values())
    times = Counter(
        one
        for case in passing
        for one in functions.of(coverage.get(case.id, frozenset()) & all_lines)
    )
    found = {}
    for case in failing:
        scores = {one: 1 / math.sqrt(1 + times[one]) for one in functions.of(executed[case.id])}
        least = _NEAR * max(scores.values(), default=0.0)
        found[case.id] = frozenset(one for one, score in scores.items() if score >= least)
    return found


class _Functions:
    """From lines to the innermost functions around them; files are parsed once."""

    def __init__(self, source: Callable[[str], SourceText]) -> None:
        self._source = source
        self._of_line: dict[str, dict[int, int]] = {}

    def of(self, lines: Collection[tuple[str, int]]) -> frozenset[Function]:
        """The functions of the program (tests are none of it) that hold some of these lines."""
        return frozenset(
            Function(path, header)
            for path, line in lines
            if (header := self._headers(path).get(line)) is not None
        )

    def _headers(self, path: str) -> Mapping[int, int]:
        if path not in self._of_line:
            self._of_line[path] = {} if is_test_path(path) else self._read(path)
        return self._of_line[path]

    def _read(self, path: str) -> dict[int, int]:
        try:
            tree = ast.parse(self._source(path).text)
        except _UNFIT:
            return {}
        headers: dict[int, int] = {}
        for node in ast.walk(tree):  # breadth first: what is inside comes later, and stays
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                body = range(node.body[0].lineno, (node.end_lineno or node.lineno) + 1)
                headers.update(dict.fromkeys(body, node.lineno))
        return headers
