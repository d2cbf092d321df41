"""What the failing tests say: the values they use, the exceptions they end with and ask for."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from repairlsp.errors import RepairlspError
from repairlsp.overfitting.literals import literal, literals
from repairlsp.source import SourceText
from repairlsp.syntax import parse
from repairlsp.types import Coverage, CoveredLine, TestRun

_RAISES = frozenset({"raises", "assertRaises", "assertRaisesRegex", "RaisesExc"})
_UNFIT = (SyntaxError, ValueError, RecursionError, MemoryError)

_TestFunction = ast.FunctionDef | ast.AsyncFunctionDef


class Executions(NamedTuple):
    """How many failing and how many passing tests executed a line."""

    failing: int
    passing: int


@dataclass(frozen=True)
class Failure:
    """The failing tests of a run, as far as their sources could be read.

    `literals` are the values that they spell out (`literals.literal`), `raised` and `asked` names
    of exception types: those that ended them, and those that they want (`pytest.raises`).
    """

    literals: frozenset[str] = frozenset()
    raised: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()
    failing: tuple[str, ...] = ()
    passing: tuple[str, ...] = ()
    coverage: Coverage = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def of(cls, run: TestRun, coverage: Coverage, sources: Callable[[str], SourceText]) -> Failure:
        """`sources` reads a file of the project; what it cannot read says nothing."""
        modules: dict[str, ast.Module | None] = {}
        values: set[str] = set()
        asked: set[str] = set()
        for case in run.failing:
            path, _, rest = case.id.partition("::")
            if path not in modules:
                modules[path] = _module(path, sources)
            module = modules[path]
            if module is None:
                continue
            names, _, row = rest.partition("[")
            test = _find(module, names.split("::"))
            if test is not None:
                values.update(_values(test, module, row.removesuffix("]")))
                asked.update(_asked(test))
        return cls(
            frozenset(values),
            frozenset(case.message.partition(":")[0].rpartition(".")[2] for case in run.failing),
            frozenset(asked),
            tuple(case.id for case in run.failing),
            tuple(case.id for case in run.passing),
            coverage,
        )

    def executions(self, path: str, line: int) -> Executions:
        """How often a line was executed, by the coverage of the run before the patch."""
        here = CoveredLine(path, line)
        return Executions(
            *(
                sum(here in self.coverage.get(test, ()) for test in tests)
                for tests in (self.failing, self.passing)
            )
        )


def _module(path: str, sources: Callable[[str], SourceText]) -> ast.Module | None:
    try:
        text = "\n".join(sources(path).lines)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return parse(text)
    except (RepairlspError, OSError, *_UNFIT):
        return None


def _find(module: ast.Module, names: list[str]) -> _TestFunction | None:
    """The test function `Class::method` or `function`."""
    body: list[ast.stmt] = module.body
    for name in names:
        found = [node for node in body if isinstance(node, ast.ClassDef | _TestFunction)]
        match = next((node for node in found if node.name == name), None)
        if match is None or isinstance(match, _TestFunction):
            return match
        body = match.body
    return None


def _values(test: _TestFunction, module: ast.Module, row: str) -> Iterator[str]:
    """The literals of the test, of its row of parameters and of the constants that it names."""
    for statement in test.body:
        yield from literals(statement)
    for mark in test.decorator_list:
        yield from _parameters(mark, row)
    used = {node.id for node in ast.walk(test) if isinstance(node, ast.Name)}
    for statement in module.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if name in used:
                yield from literals(value)


def _parameters(mark: ast.expr, row: str) -> Iterator[str]:
    """The literals of the parametrized row whose id is `row`; of all, where none is known by it."""
    match mark:
        case ast.Call(args=[_, ast.List(elts=rows) | ast.Tuple(elts=rows), *_]):
            chosen = [each for each in rows if _row_id(each) == row]
            for each in chosen or rows:
                yield from literals(each)


def _row_id(row: ast.expr) -> str | None:
    """The id that pytest gives a row of plain values: `1-two-None`; None for any other."""
    parts = row.elts if isinstance(row, ast.Tuple | ast.List) else [row]
    plain = [part for part in parts if isinstance(part, ast.Constant | ast.UnaryOp)]
    if len(plain) < len(parts) or any(literal(part) is None for part in plain):
        return None
    return "-".join(str(ast.literal_eval(part)) for part in plain)


def _asked(test: _TestFunction) -> Iterator[str]:
    for node in ast.walk(test):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=[wanted, *_]):
                if name in _RAISES:
                    yield from exception_names(wanted)


def exception_names(node: ast.expr | None) -> Iterator[str]:
    """The names in an exception expression: of `json.JSONDecodeError`, `(KeyError, IndexError)`,
    `ValueError("no")`."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            yield name
        case ast.Call(func=function):
            yield from exception_names(function)
        case ast.Tuple(elts=parts):
            for part in parts:
                yield from exception_names(part)
