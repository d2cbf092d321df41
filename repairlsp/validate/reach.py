"""Which tests an edit can reach: those that enter a function which it changes."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence

from repairlsp.types import Coverage, CoveredLine
from repairlsp.validate.region import UNFIT, Region, parse

_Function = ast.FunctionDef | ast.AsyncFunctionDef


def changed_bodies(regions: Mapping[str, Region]) -> frozenset[CoveredLine] | None:
    """The lines of the bodies of the functions that change, outermost ones; `regions` by path.

    None when something changes outside of them: what a module or a class does when it is loaded,
    a signature, a decorator, a docstring.
    """
    lines: set[CoveredLine] = set()
    for path, region in regions.items():
        try:
            before, after = (parse("\n".join(text)) for text in (region.before, region.after))
            functions = list(_changed(before.body, after.body))
        except (*UNFIT, _OutsideError):
            return None
        for function in functions:
            first, last = function.body[0].lineno, function.end_lineno or 0
            lines.update(CoveredLine(path, region.start + n) for n in range(first, last + 1))
    return frozenset(lines)


class _OutsideError(Exception):
    """The change is not in the bodies of functions alone."""


def _changed(before: Sequence[ast.stmt], after: Sequence[ast.stmt]) -> Iterator[_Function]:
    if len(before) != len(after):
        raise _OutsideError
    for old, new in zip(before, after, strict=True):
        if ast.dump(old) == ast.dump(new):
            continue
        if type(old) is not type(new):
            raise _OutsideError
        if isinstance(old, ast.ClassDef) and isinstance(new, ast.ClassDef):
            _must_equal(_header(old), _header(new))
            yield from _changed(old.body, new.body)
        elif isinstance(old, _Function) and isinstance(new, _Function):
            _must_equal(_header(old), _header(new))
            docstring = ast.get_docstring(old, clean=False)
            _must_equal(docstring, ast.get_docstring(new, clean=False))
            if docstring is not None and len(old.body) == 1:
                raise _OutsideError  # it runs as its `def` line, which also runs on import
            yield old
        else:
            raise _OutsideError


def _header(node: _Function | ast.ClassDef) -> list[str]:
    parts = {name: value for name, value in ast.iter_fields(node) if name != "body"}
    return [
        f"{name}={ast.dump(each) if isinstance(each, ast.AST) else each!r}"
        for name, value in parts.items()
        for each in (value if isinstance(value, list) else [value])
    ]


def _must_equal(one: object, other: object) -> None:
    if one != other:
        raise _OutsideError


def tests_that_enter(coverage: Coverage, lines: frozenset[CoveredLine]) -> list[str]:
    """The tests that execute one of the lines, in the order of `coverage`."""
    return [test for test, covered in coverage.items() if not lines.isdisjoint(covered)]


def cumulative(coverage: Coverage, tests: Iterable[str]) -> dict[str, frozenset[CoveredLine]]:
    """For each of the tests what it and those before it executed: an earlier test may have left
    something behind, in a cache or a fixture of wider scope, that a later one uses."""
    so_far: frozenset[CoveredLine] = frozenset()
    found = {}
    for test in tests:
        so_far |= coverage.get(test, frozenset())
        found[test] = so_far
    return found
