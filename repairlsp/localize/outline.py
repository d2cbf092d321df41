"""What localization must know of a source file: its functions, constants and imports."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from repairlsp.source import SourceText
from repairlsp.syntax import parse
from repairlsp.types import LineSpan

_BLOCKS = ("body", "handlers", "cases", "orelse", "finalbody")
_FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


class Function(NamedTuple):
    """A function or method. `span` holds its decorators and header too, `body` only that of a
    function that does nothing, which Python reports as its `def` line when it runs."""

    name: str
    owner: str
    """The class that it is a method of, or ""."""
    span: LineSpan
    body: LineSpan
    node: _FunctionNode


class Import(NamedTuple):
    """`from MODULE import NAME`, or `import MODULE` (name ""). `level` counts the leading dots."""

    module: str
    level: int
    name: str


@dataclass(frozen=True)
class Outline:
    """The outline of one file. `tree` is None when the file does not parse."""

    tree: ast.Module | None
    line_count: int
    functions: tuple[Function, ...] = ()
    """In source order, an outer function before those inside it."""
    constants: Mapping[str, tuple[LineSpan, ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    """Names assigned in the module's or a class's own body -> the lines of the assignments."""
    imports: Mapping[str, Import] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def of(cls, source: SourceText) -> Outline:
        """Never raises: a file with a syntax error has an outline without any function."""
        try:
            tree = parse("\n".join(source.lines))
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return cls(None, len(source.lines))
        imports = {name: found for stmt in _statements(tree) for name, found in _imports(stmt)}
        functions = tuple(_functions(tree, ""))
        return cls(tree, len(source.lines), functions, _constants(tree), imports)

    def function_at(self, line: int) -> Function | None:
        """The innermost function whose span, decorators included, holds the line."""
        return self._function_by_line.get(line)

    def runs_in_call(self, line: int) -> bool:
        """Whether the line runs when a function is called, rather than when the file is imported.

        True for every line of a file that does not parse.
        """
        return self.tree is None or line in self._called_lines

    @cached_property
    def reads(self) -> Mapping[int, Sequence[ast.Name | ast.Attribute]]:
        """The names and attributes that are read, by their line."""
        found: dict[int, list[ast.Name | ast.Attribute]] = {}
        for node in ast.walk(self.tree) if self.tree else ():
            if isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Load):
                found.setdefault(node.lineno, []).append(node)
        return found

    @cached_property
    def guards(self) -> frozenset[int]:
        """The lines of `raise` and `assert` statements."""
        return frozenset(
            line
            for node in (_statements(self.tree) if self.tree else ())
            if isinstance(node, ast.Raise | ast.Assert)
            for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
        )

    @cached_property
    def statements_at_import(self) -> frozenset[int]:
        """The lines of statements that run when the file is imported: constants, imports, headers
        of functions and classes with their decorators and defaults; of compound statements, the
        header."""
        lines: set[int] = set()
        for node in _statements(self.tree) if self.tree else ():
            if _is_text(node):
                continue
            marks = [mark.lineno for mark in getattr(node, "decorator_list", ())]
            body = getattr(node, "body", ())
            end = body[0].lineno - 1 if body else node.end_lineno or node.lineno
            lines.update(range(min([node.lineno, *marks]), max(end, node.lineno) + 1))
        return frozenset(lines) - self._called_lines

    @cached_property
    def statements_in_calls(self) -> frozenset[int]:
        """The lines of statements that run when a function is called, docstrings left out."""
        lines: set[int] = set()
        for node in _statements(self.tree) if self.tree else ():
            if not _is_text(node) and not isinstance(node, _FunctionNode):
                end = node.lineno if _inner(node) else node.end_lineno or node.lineno
                lines.update(range(node.lineno, end + 1))
        return frozenset(lines) & self._called_lines

    @cached_property
    def _called_lines(self) -> frozenset[int]:
        lines: set[int] = set()
        for function in self.functions:
            lines.update(range(*function.body))
        for stmt in _statements(self.tree) if self.tree else ():
            inner = _inner(stmt)
            own = ast.iter_child_nodes(stmt) if stmt.lineno not in lines else ()
            for node in (deep for each in own if each not in inner for deep in ast.walk(each)):
                if isinstance(node, ast.Lambda):
                    lines.update(range(node.body.lineno, (node.body.end_lineno or 0) + 1))
        return frozenset(lines)

    @cached_property
    def _function_by_line(self) -> Mapping[int, Function]:
        # An outer function comes before those inside it, whose lines are theirs.
        return {line: function for function in self.functions for line in range(*function.span)}


class Outlines:
    """Outlines by path, each made once. A file that cannot be read has none."""

    def __init__(self, read: Callable[[str], SourceText | None]) -> None:
        self._read = read
        self._known: dict[str, Outline | None] = {}

    def get(self, path: str) -> Outline | None:
        if path not in self._known:
            source = self._read(path)
            self._known[path] = None if source is None else Outline.of(source)
        return self._known[path]


def _is_text(node: ast.stmt) -> bool:
    """A docstring, or a string that stands alone."""
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def _inner(node: ast.AST) -> list[ast.AST]:
    """The statements, handlers and cases of a node's own blocks, in source order. Expressions hold
    no statements, and are most of a tree."""
    blocks = (getattr(node, name, None) for name in _BLOCKS)
    return [inner for block in blocks if isinstance(block, list) for inner in block]


def _statements(tree: ast.AST) -> Iterator[ast.stmt]:
    """Every statement."""
    pending = [tree]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.stmt):
            yield node
        pending.extend(_inner(node))


def _functions(node: ast.AST, owner: str) -> Iterator[Function]:
    for child in _inner(node):
        if isinstance(child, _FunctionNode):
            end = (child.end_lineno or child.lineno) + 1
            start = min([child.lineno, *(mark.lineno for mark in child.decorator_list)])
            empty = len(child.body) == 1 and _is_text(child.body[0])
            body = LineSpan(child.lineno if empty else child.body[0].lineno, end)
            yield Function(child.name, owner, LineSpan(start, end), body, child)
            yield from _functions(child, "")
        elif isinstance(child, ast.ClassDef):
            yield from _functions(child, child.name)
        else:
            yield from _functions(child, owner)


def _constants(tree: ast.Module) -> dict[str, tuple[LineSpan, ...]]:
    found: dict[str, tuple[LineSpan, ...]] = {}
    bodies: list[ast.AST] = [tree]
    while bodies:
        for node in ast.iter_child_nodes(bodies.pop()):
            if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
                span = LineSpan(node.lineno, (node.end_lineno or node.lineno) + 1)
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                for name in _target_names(targets):
                    found[name] = (*found.get(name, ()), span)
            elif isinstance(node, ast.ClassDef | ast.If | ast.Try | ast.With):
                bodies.append(node)
    return found


def _target_names(targets: Sequence[ast.expr]) -> Iterator[str]:
    for target in targets:
        for node in ast.walk(target):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                yield node.id


def _imports(node: ast.stmt) -> Iterator[tuple[str, Import]]:
    if isinstance(node, ast.Import):
        for alias in node.names:
            bound = alias.asname or alias.name
            yield bound, Import(alias.name, 0, "")
    elif isinstance(node, ast.ImportFrom):
        for alias in node.names:
            yield alias.asname or alias.name, Import(node.module or "", node.level, alias.name)
