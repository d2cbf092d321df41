"""A patched function, before and after: what the checks look at."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from repairlsp.overfitting.cut import Piece
from repairlsp.overfitting.failure import Executions, Failure
from repairlsp.overfitting.treediff import Change, differences

Node = TypeVar("Node", bound=ast.AST)
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, eq=False)
class Comparison:
    """The changed part of the file `path`, old and new, and the failure that it is to repair."""

    path: str
    old: Piece
    new: Piece
    failure: Failure

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """The smallest differences, in source order."""
        return differences(self.old, self.new)

    @cached_property
    def pairs(self) -> tuple[tuple[ast.AST, ast.AST], ...]:
        """The changes of one node into another."""
        return tuple(
            (change.old[0], change.new[0])
            for change in self.changes
            if len(change.old) == len(change.new) == 1
        )

    @cached_property
    def functions(self) -> tuple[tuple[Function, Function], ...]:
        """Each function of the part, nested ones too, before and after; () if some came or went."""
        old, new = list(_functions(self.old.tree)), list(_functions(self.new.tree))
        same = [one.name for one in old] == [one.name for one in new]
        return tuple(zip(old, new, strict=True)) if same else ()

    def added(self, *kinds: type[Node]) -> list[Node]:
        """The nodes of some types that the new part has more of, equal ones counted."""
        return _more(self._nodes(self.new), self._nodes(self.old), kinds)

    def removed(self, *kinds: type[Node]) -> list[Node]:
        """The nodes of some types that the old part had more of."""
        return _more(self._nodes(self.old), self._nodes(self.new), kinds)

    def ancestors(self, node: ast.AST) -> Iterator[ast.AST]:
        """The nodes around a node of either part, innermost first."""
        while node in self._parents:
            node = self._parents[node]
            yield node

    def parent(self, node: ast.AST) -> ast.AST | None:
        return self._parents.get(node)

    def executions(self, old: ast.AST) -> Executions:
        """How many tests executed a node of the old part, before the patch."""
        line: int = getattr(old, "lineno", 0)
        return self.failure.executions(self.path, self.old.above + line)

    def _nodes(self, piece: Piece) -> tuple[ast.AST, ...]:
        return self._walked[piece is self.new]

    @cached_property
    def _walked(self) -> tuple[tuple[ast.AST, ...], tuple[ast.AST, ...]]:
        return tuple(ast.walk(self.old.tree)), tuple(ast.walk(self.new.tree))

    @cached_property
    def _parents(self) -> Mapping[ast.AST, ast.AST]:
        # All nodes share one object per context and operator; nobody asks for the parent of those.
        return {
            child: node
            for nodes in self._walked
            for node in nodes
            for child in ast.iter_child_nodes(node)
        }


def _functions(tree: ast.AST) -> Iterator[Function]:
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def _more(
    nodes: tuple[ast.AST, ...], others: tuple[ast.AST, ...], kinds: tuple[type[Node], ...]
) -> list[Node]:
    there = Counter(ast.dump(node) for node in others if isinstance(node, kinds))
    more = []
    for node in nodes:
        if isinstance(node, kinds):
            key = ast.dump(node)
            if there[key] > 0:
                there[key] -= 1
            else:
                more.append(node)
    return more
