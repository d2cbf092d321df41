"""The names in scope at a place, with where each comes from and the kinds it was used as."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from repairlsp.generate.templates.kinds import (
    Kind,
    annotation_kind,
    bound_kinds,
    use_kind,
    value_kind,
)

Origin = Literal["parameter", "local", "enclosing", "global", "builtin"]


@dataclass(frozen=True, slots=True)
class Name:
    """A name in scope. `line` is where it is first bound; 0 when bound before the function runs."""

    id: str
    origin: Origin
    line: int
    kinds: frozenset[Kind]


@dataclass(frozen=True)
class Names:
    """The names in scope, nearest scope first, then in the order in which they are bound."""

    by_id: Mapping[str, Name]

    @classmethod
    def of(cls, scopes: Sequence[ast.AST], module: ast.Module) -> Names:
        """Names seen from inside `scopes`, given innermost first."""
        found: dict[str, Name] = {}
        for depth, scope in enumerate(scopes):
            if isinstance(scope, ast.ClassDef) and depth > 0:
                continue  # a class's names are not in the scope of its methods
            parameters = _parameters(scope)
            for id_, line in bindings(scope).items():
                given = depth > 0 or id_ in parameters
                here: Origin = "parameter" if id_ in parameters else "local"
                origin: Origin = "enclosing" if depth else here
                found.setdefault(id_, Name(id_, origin, 0 if given else line, frozenset()))
        for id_ in bindings(module):
            found.setdefault(id_, Name(id_, "global", 0, frozenset()))
        kinds: dict[str, set[Kind]] = {}
        for scope in scopes:
            for id_, kind in _hints(scope):
                kinds.setdefault(id_, set()).add(kind)
        for id_, kind in _global_kinds(module):
            kinds.setdefault(id_, set()).add(kind)
        return cls(
            {
                id_: Name(name.id, name.origin, name.line, frozenset(kinds.get(id_, ())))
                for id_, name in found.items()
            }
        )

    def __iter__(self) -> Iterator[Name]:
        return iter(self.by_id.values())

    def __contains__(self, id_: str) -> bool:
        return id_ in self.by_id

    def get(self, id_: str) -> Name | None:
        """The name, a builtin included; None where there is no such name."""
        if id_ in self.by_id:
            return self.by_id[id_]
        if hasattr(builtins, id_):
            return Name(id_, "builtin", 0, frozenset({"callable"}))
        return None

    def variables(self) -> Iterator[Name]:
        """Parameters and local names, also of the functions around."""
        return (name for name in self if name.origin in ("parameter", "local", "enclosing"))


def bindings(scope: ast.AST) -> dict[str, int]:
    """Names bound in a function, class or module, not in the scopes within it -> first line."""
    found: dict[str, int] = {}

    def bind(id_: str, line: int) -> None:
        found.setdefault(id_, line)

    for id_ in _parameters(scope):
        bind(id_, getattr(scope, "lineno", 0))
    stack = list(reversed(_inside(scope)))
    while stack:
        node = stack.pop()
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                bind(node.name, node.lineno)
                continue
            case ast.Lambda():
                continue
            case ast.Name(id=id_, ctx=ast.Store()):
                bind(id_, node.lineno)
            case ast.Import() | ast.ImportFrom():
                for alias in node.names:
                    bind((alias.asname or alias.name).split(".")[0], node.lineno)
            case ast.ExceptHandler(name=str(id_)):
                bind(id_, node.lineno)
            case ast.MatchAs(name=str(id_)) | ast.MatchStar(name=str(id_)):
                bind(id_, node.lineno)
        stack.extend(reversed(list(ast.iter_child_nodes(node))))
    found.pop("*", None)
    return found


def _inside(scope: ast.AST) -> list[ast.AST]:
    if isinstance(scope, ast.Lambda):
        return [scope.body]
    return list(getattr(scope, "body", []))


def _parameters(scope: ast.AST) -> list[str]:
    if not isinstance(scope, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        return []
    return [argument.arg for argument in parameters(scope.args)]


def parameters(arguments: ast.arguments) -> list[ast.arg]:
    """Every parameter, in the order in which they are written."""
    extra = [arguments.vararg] if arguments.vararg else []
    keywords = [arguments.kwarg] if arguments.kwarg else []
    return [*arguments.posonlyargs, *arguments.args, *extra, *arguments.kwonlyargs, *keywords]


@lru_cache(maxsize=256)
def _hints(scope: ast.AST) -> tuple[tuple[str, Kind], ...]:
    """What the uses in a scope, inner scopes included, say about names."""
    found: list[tuple[str, Kind]] = []
    if isinstance(scope, ast.ClassDef):
        return ()
    if isinstance(scope, ast.FunctionDef | ast.AsyncFunctionDef):
        annotated = ((arg.arg, annotation_kind(arg.annotation)) for arg in parameters(scope.args))
        found.extend((name, kind) for name, kind in annotated if kind)
        positional = [*scope.args.posonlyargs, *scope.args.args]
        defaults = scope.args.defaults
        for argument, default in zip(positional[-len(defaults) :], defaults, strict=False):
            if kind := value_kind(default):
                found.append((argument.arg, kind))
    for node in ast.walk(scope):
        found.extend(bound_kinds(node))
        used = (child for child in ast.iter_child_nodes(node) if isinstance(child, ast.Name))
        found.extend((name.id, kind) for name in used if (kind := use_kind(name, node)))
    return tuple(found)


@lru_cache(maxsize=8)
def _global_kinds(module: ast.Module) -> tuple[tuple[str, Kind], ...]:
    found: list[tuple[str, Kind]] = []
    for stmt in module.body:
        match stmt:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                found.append((stmt.name, "callable"))
            case ast.Import():
                found.extend(((a.asname or a.name).split(".")[0], "object") for a in stmt.names)
            case ast.ImportFrom():
                found.extend((a.asname or a.name, "callable") for a in stmt.names)
            case ast.Assign(targets=[ast.Name(id=id_)], value=value):
                if kind := value_kind(value):
                    found.append((id_, kind))
    return tuple(found)


def fit(kinds: frozenset[Kind], wanted: frozenset[Kind]) -> float:
    """How well a name of some kinds fits a place that wants others, in (0, 1].

    1 when they share a kind, 0.4 when either says nothing, 0.08 when they contradict. Guesses:
    a name of the wrong kind is still tried, last.
    """
    if not kinds or not wanted:
        return 0.4
    return 1.0 if kinds & wanted else 0.08
