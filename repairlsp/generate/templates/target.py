"""What a template works on: the suspicious function's tree, its lines and what surrounds it."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar, overload

from repairlsp.generate.templates import messages
from repairlsp.generate.templates.fstrings import trusted
from repairlsp.generate.templates.ingredients import Home, Ingredients, ingredients_of
from repairlsp.generate.templates.kinds import Kind, value_kind
from repairlsp.generate.templates.messages import Message
from repairlsp.generate.templates.names import Names
from repairlsp.generate.templates.parsing import Function, Located, parse
from repairlsp.generate.templates.snippets import Snippets, snippets_of
from repairlsp.generate.templates.vocabulary import Vocabulary, vocabulary_of
from repairlsp.source import SourceText
from repairlsp.types import LineSpan, RepairContext

A = TypeVar("A", bound=ast.AST)
B = TypeVar("B", bound=ast.AST)
C = TypeVar("C", bound=ast.AST)
D = TypeVar("D", bound=ast.AST)

_Scope = Function | ast.Lambda | ast.ClassDef

# Tests do not execute `def` lines, so no spectrum marks them; yet defaults live there.
_HEADER_SHARE = 0.3


@dataclass(frozen=True, eq=False)
class Target:
    """A suspicious stretch of one file, usually a function.

    `lines` are the whole file's; `nodes` the expressions and statements of `span` that templates
    may look at, in source order: no docstrings, annotations, decorators, or f-string parts whose
    positions cannot be trusted. `parents` covers all of `roots`, the top-level statements that
    the span touches.
    """

    path: str
    lines: Sequence[str]
    span: LineSpan
    module: ast.Module
    roots: tuple[ast.stmt, ...]
    nodes: tuple[ast.AST, ...]
    parents: Mapping[ast.AST, ast.AST]
    marks: Mapping[Located, float]
    message: Message

    @classmethod
    def of(cls, source: SourceText, context: RepairContext) -> Target:
        """Raises SyntaxError when the source does not parse."""
        module = parse("\n".join(source.lines))
        span = context.span
        roots = tuple(
            stmt for stmt in module.body if stmt.lineno < span.end and _end(stmt) >= span.start
        )
        parents: dict[ast.AST, ast.AST] = dict.fromkeys(roots, module)
        nodes = [
            node
            for root in roots
            for node in _visit(root, parents, source.lines)
            if span.start <= getattr(node, "lineno", 0) < span.end
        ]
        marks = _marks(nodes, context.suspiciousness)
        return cls(
            context.path,
            source.lines,
            span,
            module,
            roots,
            tuple(nodes),
            parents,
            marks,
            messages.read(context.message),
        )

    def suspiciousness(self, node: ast.AST) -> float:
        """That of the node's own statement; 0 when it is not suspicious."""
        return self.marks.get(self.located(node), 0.0)

    @overload
    def select(self, a: type[A], /) -> Iterator[A]: ...
    @overload
    def select(self, a: type[A], b: type[B], /) -> Iterator[A | B]: ...
    @overload
    def select(self, a: type[A], b: type[B], c: type[C], /) -> Iterator[A | B | C]: ...
    @overload
    def select(
        self, a: type[A], b: type[B], c: type[C], d: type[D], /
    ) -> Iterator[A | B | C | D]: ...
    def select(self, *kinds: type[ast.AST]) -> Iterator[ast.AST]:
        """The suspicious nodes of some types, in source order."""
        return (node for node in self._suspicious if isinstance(node, kinds))

    @cached_property
    def _suspicious(self) -> tuple[ast.AST, ...]:
        return tuple(node for node in self.nodes if self.suspiciousness(node) > 0)

    def parent(self, node: ast.AST) -> ast.AST:
        """The node that holds this one; the module for a top-level statement."""
        return self.parents[node]

    def ancestors(self, node: ast.AST) -> Iterator[ast.AST]:
        """The nodes around this one, innermost first, without the module."""
        while node in self.parents and not isinstance(node := self.parents[node], ast.Module):
            yield node

    def located(self, node: ast.AST) -> Located:
        """The statement, `except` or `case` whose own line the node is on."""
        while not isinstance(node, Located):
            node = self.parents[node]
        return node

    def function_of(self, node: ast.AST) -> Function | None:
        """The innermost function around the node (not the node itself)."""
        for outer in self.ancestors(node):
            if isinstance(outer, Function):
                return outer
        return None

    def class_of(self, node: ast.AST) -> ast.ClassDef | None:
        """The innermost class around the node (not the node itself)."""
        for outer in self.ancestors(node):
            if isinstance(outer, ast.ClassDef):
                return outer
        return None

    def block_of(self, statement: ast.stmt) -> list[ast.stmt]:
        """The list of statements that this one stands in."""
        parent = self.parents[statement]
        for _, value in ast.iter_fields(parent):
            if isinstance(value, list) and statement in value:
                return value
        raise ValueError("the statement is in no block")

    def names(self, node: ast.AST) -> Names:
        """The names that can be used where the node is."""
        while not isinstance(node, _Scope) and node in self.parents:
            node = self.parents[node]
        if node not in self._names:
            around = (node, *self.ancestors(node))
            scopes = [outer for outer in around if isinstance(outer, _Scope)]
            self._names[node] = Names.of(scopes, self.module)
        return self._names[node]

    @cached_property
    def _names(self) -> dict[ast.AST, Names]:
        return {}

    def kinds(self, node: ast.expr) -> frozenset[Kind]:
        """What the expression's value may be; empty when nothing tells."""
        if isinstance(node, ast.Name):
            name = self.names(node).get(node.id)
            return name.kinds if name else frozenset()
        kind = value_kind(node)
        return frozenset({kind} if kind else ())

    def has(self, node: ast.AST, names: Collection[str]) -> bool:
        """Whether all of these names can be used where the node is."""
        known = self.names(node)
        return all(name in known or hasattr(builtins, name) for name in names)

    def nearness(self, node: ast.AST, home: Home) -> float:
        """How near code of some other place is: 1 in the same function, less in the same class."""
        function = self.function_of(node)
        if home.function is not None and home.function is function:
            return 1.0
        return 0.5 if home.owner is not None and home.owner is self.class_of(node) else 0.25

    @cached_property
    def ingredients(self) -> Ingredients:
        """The expressions and calls that this module has."""
        return ingredients_of(self.module, tuple(self.lines))

    @cached_property
    def snippets(self) -> Snippets:
        """The short statements that this module has."""
        return snippets_of(self.module, tuple(self.lines))

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The calls, attributes and strings that this module uses."""
        return vocabulary_of(self.module)

    @cached_property
    def functions(self) -> tuple[Function, ...]:
        """The functions that begin in the span, outermost first."""
        return tuple(node for node in self.nodes if isinstance(node, Function))


def _end(stmt: ast.stmt) -> int:
    assert stmt.end_lineno is not None
    return stmt.end_lineno


def _visit(
    node: ast.AST, parents: dict[ast.AST, ast.AST], lines: Sequence[str]
) -> Iterator[ast.AST]:
    """The node and what is in it, in source order; fills `parents`, also of what it leaves out."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        parents[node.value] = node
        return  # a docstring, or an ellipsis
    yield node
    for name, value in ast.iter_fields(node):
        if name in (
            "annotation",
            "returns",
            "decorator_list",
            "ctx",
            "type_params",
            "type_comment",
        ):
            continue
        for child in value if isinstance(value, list) else (value,):
            if not isinstance(child, ast.AST):
                continue
            parents[child] = node
            if isinstance(child, ast.FormattedValue) and not trusted(child, lines):
                continue
            if isinstance(node, ast.JoinedStr) and not isinstance(child, ast.FormattedValue):
                continue
            yield from _visit(child, parents, lines)


def _marks(nodes: Sequence[ast.AST], suspiciousness: Mapping[int, float]) -> dict[Located, float]:
    """Suspiciousness per statement: that of the worst line it is the innermost statement of."""
    located = [node for node in nodes if isinstance(node, Located) and hasattr(node, "lineno")]
    marks: dict[Located, float] = {}
    owner: dict[int, Located] = {}
    for node in located:  # outer ones come first, so inner ones win
        owner.update(dict.fromkeys(range(node.lineno, _last_line(node) + 1), node))
    for line, value in suspiciousness.items():
        if line in owner and value > 0:
            marks[owner[line]] = max(value, marks.get(owner[line], 0.0))
    if not marks:
        return dict.fromkeys(located, 1.0)
    header = _HEADER_SHARE * max(marks.values())
    for node in located:
        if isinstance(node, Function):
            marks[node] = max(header, marks.get(node, 0.0))
    return marks


def _last_line(node: Located) -> int:
    end: int | None = getattr(node, "end_lineno", None)
    return end if end is not None else getattr(node, "lineno", 0)
