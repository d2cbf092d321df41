"""Where two syntax trees differ, as the smallest pairs of nodes that do."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from repairlsp.overfitting.cut import Piece
from repairlsp.splice import node_text

# A difference in one of these says something about the node that they belong to.
_PARTS_OF_A_NODE = (ast.operator, ast.unaryop, ast.boolop, ast.cmpop, ast.expr_context)


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """`old` became `new`: one node each, or statements of one block; () for nothing at all."""

    old: tuple[ast.AST, ...]
    new: tuple[ast.AST, ...]


def differences(old: Piece, new: Piece) -> tuple[Change, ...]:
    """The differences, in source order. Layout and comments make none."""
    return tuple(_Differ(old.lines, new.lines).nodes(old.tree, new.tree))


@dataclass(frozen=True)
class _Differ:
    old_lines: Sequence[str]
    new_lines: Sequence[str]

    def nodes(self, old: ast.AST, new: ast.AST) -> Iterator[Change]:
        if type(old) is not type(new):
            yield Change((old,), (new,))
            return
        changes: list[Change] = []
        for name in old._fields:
            before, after = getattr(old, name, None), getattr(new, name, None)
            if isinstance(before, list) and isinstance(after, list):
                found = self._lists(before, after)
            else:
                found = self._values(before, after)
            if found is None:
                yield Change((old,), (new,))
                return
            changes.extend(found)
        yield from changes

    def _values(self, before: object, after: object) -> list[Change] | None:
        """The changes in one field; None when they make its whole node another one."""
        if isinstance(before, _PARTS_OF_A_NODE) or isinstance(after, _PARTS_OF_A_NODE):
            return [] if type(before) is type(after) else None
        if isinstance(before, ast.AST) and isinstance(after, ast.AST):
            return list(self.nodes(before, after))
        if isinstance(before, ast.AST) or isinstance(after, ast.AST):
            return None
        return [] if type(before) is type(after) and before == after else None

    def _lists(self, before: list[object], after: list[object]) -> list[Change] | None:
        if any(isinstance(node, ast.stmt) for node in (*before, *after)):
            return list(self._blocks(before, after))  # type: ignore[arg-type]
        if len(before) != len(after):
            return None
        changes: list[Change] = []
        for one, other in zip(before, after, strict=True):
            found = self._values(one, other)
            if found is None:
                return None
            changes.extend(found)
        return changes

    def _blocks(self, before: list[ast.stmt], after: list[ast.stmt]) -> Iterator[Change]:
        """Statements are aligned by their text, then, in what differs, by their kind."""
        texts = [self._text(one, self.old_lines) for one in before]
        others = [self._text(one, self.new_lines) for one in after]
        for tag, start, end, new_start, new_end in _opcodes(texts, others):
            if tag != "equal":
                yield from self._replaced(before[start:end], after[new_start:new_end])

    def _replaced(self, before: list[ast.stmt], after: list[ast.stmt]) -> Iterator[Change]:
        kinds = [type(one).__name__ for one in before]
        others = [type(one).__name__ for one in after]
        for tag, start, end, new_start, new_end in _opcodes(kinds, others):
            if tag == "equal":
                for one, other in zip(before[start:end], after[new_start:new_end], strict=True):
                    yield from self.nodes(one, other)
            else:
                yield Change(tuple(before[start:end]), tuple(after[new_start:new_end]))

    def _text(self, node: ast.stmt, lines: Sequence[str]) -> str:
        """The statement's text from its own column on: one that is moved in or out is the same."""
        marks = getattr(node, "decorator_list", [])
        indent = node.col_offset
        first, *rest = "\n".join(node_text(part, lines) for part in (*marks, node)).split("\n")
        inner = [line if line[:indent].strip() else line[indent:] for line in rest]
        return "\n".join([first, *inner])


def _opcodes(one: Sequence[str], other: Sequence[str]) -> Sequence[tuple[str, int, int, int, int]]:
    return SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
