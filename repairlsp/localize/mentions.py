"""Evidence from the failing test's own text: a function that it names is what it tests.

Deep helpers run under many tests, and a spectrum with one failing test cannot tell them from the
function under test. The test's author could, and wrote its name down.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from repairlsp.localize.evidence import Evidence, by_share
from repairlsp.localize.modules import Modules
from repairlsp.localize.outline import Function, Outline, Outlines
from repairlsp.localize.weights import Weights
from repairlsp.types import Coverage, CoveredLine, Frame, TestCase, TestRun

_CONSTRUCTORS = frozenset({"__init__", "__new__", "__post_init__"})
_OPERATORS: Mapping[type[ast.AST], tuple[str, ...]] = {
    ast.Add: ("__add__", "__radd__"),
    ast.Sub: ("__sub__", "__rsub__"),
    ast.Mult: ("__mul__", "__rmul__"),
    ast.Eq: ("__eq__",),
    ast.Lt: ("__lt__", "__gt__"),
    ast.Gt: ("__gt__", "__lt__"),
    ast.In: ("__contains__",),
    ast.NotIn: ("__contains__",),
    ast.Subscript: ("__getitem__", "__setitem__", "__delitem__"),
    ast.With: ("__enter__", "__exit__"),
}
_BUILTINS = {"len": "__len__", "iter": "__iter__", "list": "__iter__", "str": "__str__"} | {
    name: f"__{name}__" for name in ("repr", "bool", "hash", "next", "reversed", "abs")
}


class Mentions(NamedTuple):
    """The names that a test mentions: near its failure, and anywhere above that."""

    at_failure: frozenset[str]
    before: frozenset[str]

    def strength(self, function: Function, weights: Weights) -> float:
        """How strongly the mention of its name accuses a function."""
        if _name_of(function) in self.at_failure:
            return weights.at_failure
        return weights.before if _name_of(function) in self.before else 0.0


def mention_evidence(
    run: TestRun,
    coverage: Coverage,
    is_test: Callable[[str], bool],
    outlines: Outlines,
    modules: Modules,
    weights: Weights,
) -> Iterator[Evidence]:
    """Evidence against the functions that failing tests name and, as far as known, executed.

    A failing test with neither coverage nor traceback in the project's code (its work is done in
    a subprocess, or coverage could not be had) accuses the functions that it names in the modules
    it imports.
    """
    mentioned = dict(_mentions_by_test(run, outlines))
    tests = Counter(name for each in mentioned.values() for name in each.at_failure | each.before)
    speaking = max(sum(1 for each in mentioned.values() if each.before), 1)
    named = _functions_by_name(run, coverage, is_test, outlines)
    for case in run.failing:
        mentions = mentioned.get(case.id)
        if mentions is None:
            continue
        executed = coverage.get(case.id, frozenset())
        if any(not is_test(line.path) for line in executed):
            found = _executed(case.id, executed, mentions, named, weights)
        elif all(is_test(frame.path) for frame in case.frames):
            found = _imported(case.id, mentions, is_test, outlines, modules, weights)
        else:
            continue
        for name, piece in found:
            strength = by_share(piece.strength, max(tests[name], 1), speaking, weights.from_one)
            yield piece._replace(strength=strength)


def _mentions_by_test(run: TestRun, outlines: Outlines) -> Iterator[tuple[str, Mentions]]:
    known: dict[tuple[str, tuple[Frame, ...]], Mentions] = {}  # parametrized tests share them
    for case in run.failing:
        path = case.id.split("::", 1)[0]
        outline = outlines.get(path)
        if outline is None or outline.tree is None:
            continue
        own = tuple(frame for frame in case.frames if frame.path == path)
        key = (case.id.split("[", 1)[0], own)
        if key not in known:
            known[key] = mentions_of(case, path, outline)
        yield case.id, known[key]


def _functions_by_name(
    run: TestRun, coverage: Coverage, is_test: Callable[[str], bool], outlines: Outlines
) -> Mapping[str, Sequence[tuple[str, Function]]]:
    """The functions of the files that failing tests reached, by the name that mentions them."""
    paths = {line.path for case in run.failing for line in coverage.get(case.id, ())}
    named: dict[str, list[tuple[str, Function]]] = {}
    for path in sorted(paths):
        outline = None if is_test(path) else outlines.get(path)
        for function in outline.functions if outline else ():
            named.setdefault(_name_of(function), []).append((path, function))
    return named


def _executed(
    test: str,
    executed: Collection[CoveredLine],
    mentions: Mentions,
    named: Mapping[str, Sequence[tuple[str, Function]]],
    weights: Weights,
) -> Iterator[tuple[str, Evidence]]:
    for name in mentions.at_failure | mentions.before:
        for path, function in named.get(name, ()):
            strength = mentions.strength(function, weights)
            for line in range(*function.body):
                if CoveredLine(path, line) in executed:
                    reason = f"named by {test}"
                    yield name, Evidence(path, line, "mention", strength, reason)


def _imported(
    test: str,
    mentions: Mentions,
    is_test: Callable[[str], bool],
    outlines: Outlines,
    modules: Modules,
    weights: Weights,
) -> Iterator[tuple[str, Evidence]]:
    path = test.split("::", 1)[0]
    own = outlines.get(path)
    for place in modules.imported_by(path, own) if own else ():
        outline = None if is_test(place) else outlines.get(place)
        for function in outline.functions if outline else ():
            strength = mentions.strength(function, weights)
            reason = f"named by {test}" if strength else "imported by a failing test"
            for line in range(*function.body):
                piece = Evidence(place, line, "mention", strength or weights.unseen, reason)
                yield _name_of(function), piece


def mentions_of(case: TestCase, path: str, outline: Outline) -> Mentions:
    """What a failing test mentions, helpers and fixtures of its own file included."""
    _, _, within = case.id.partition("::")
    names = within.split("[", 1)[0].split("::")  # parameters, in brackets, may hold anything
    found = [
        function
        for function in outline.functions
        if function.name == names[-1] and function.owner == "".join(names[-2:-1])
    ]
    if not found:
        return Mentions(frozenset(), frozenset())
    test = found[-1]
    lines = [frame.line for frame in case.frames if frame.path == path and frame.line in test.span]
    failed_at = lines[0] if lines else test.span.end
    statements = [stmt for stmt in _statements(test.node.body) if stmt.lineno <= failed_at]
    near = _slice(statements) if lines else statements
    own = {function.name: function for function in outline.functions if function is not test}
    return Mentions(
        _with_helpers({name for stmt in near for name in _mentioned(stmt)}, own),
        _with_helpers(
            {name for stmt in [*statements, test.node] for name in _mentioned(stmt)}, own
        ),
    )


def _statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements of a body and of the blocks inside it, in source order."""
    for stmt in body:
        yield stmt
        for block in ("body", "orelse", "finalbody"):
            yield from _statements(getattr(stmt, block, []))
        for handler in getattr(stmt, "handlers", []):
            yield from _statements(handler.body)


def _slice(statements: list[ast.stmt]) -> list[ast.stmt]:
    """The last statement, and the earlier ones that bind the names it uses: a backward slice.

    Weiser, Program Slicing, 1984, without control dependence.
    """
    kept = statements[-1:]
    if kept and isinstance(kept[0], ast.With | ast.AsyncWith):
        kept.extend(_statements(kept[0].body))  # `with raises(...)` fails as a whole
    wanted = _all_mentioned(kept)
    for stmt in reversed(statements[:-1]):
        bound = {
            node.id
            for node in _own_nodes(stmt)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        }
        if bound & wanted:
            kept.append(stmt)
            wanted |= _mentioned(stmt)
    return kept


def _own_nodes(stmt: ast.stmt) -> Iterator[ast.AST]:
    """The nodes of a statement itself, without the statements of its blocks."""
    yield stmt
    for child in ast.iter_child_nodes(stmt):
        if isinstance(child, ast.expr | ast.withitem | ast.arguments | ast.keyword):
            yield from ast.walk(child)


def _all_mentioned(statements: Iterable[ast.stmt]) -> set[str]:
    return {name for stmt in statements for name in _mentioned(stmt)}


def _mentioned(stmt: ast.stmt) -> set[str]:
    names: set[str] = set()
    for node in _own_nodes(stmt):
        if isinstance(node, ast.Name):
            names |= {node.id, _BUILTINS.get(node.id, node.id)}
        elif isinstance(node, ast.Attribute):
            names.add(node.attr)
        elif isinstance(node, ast.arg):
            names.add(node.arg)  # a fixture
        names.update(_OPERATORS.get(type(node), ()))
    return names


def _with_helpers(names: set[str], own: Mapping[str, Function]) -> frozenset[str]:
    """The names, and those that functions of the test's own file mention when they are named."""
    pending, seen = list(names), set(names)
    while pending:
        helper = own.get(pending.pop())
        for stmt in _statements(helper.node.body) if helper else ():
            fresh = _mentioned(stmt) - seen
            pending.extend(fresh)
            seen |= fresh
    return frozenset(seen)


def _name_of(function: Function) -> str:
    """The name that a test would use: a class's, for its constructor."""
    constructs = function.name in _CONSTRUCTORS and function.owner
    return function.owner if constructs else function.name
