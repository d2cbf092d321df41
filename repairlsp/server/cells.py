"""A notebook's cell as the engine sees it: the end of a module that the cells above it begin.

What IPython alone understands (`%matplotlib inline`, `!pip install x`, `help?`) gives way to Python
that says nothing, line for line, where a cell is no Python otherwise. No patch may touch it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from repairlsp.server.documents import Document
from repairlsp.source import SourceText
from repairlsp.types import Edit, LineSpan, Patch, RepairResult

_CELL_MAGIC = re.compile(r"\s*%%(\w+)")
_OF_PYTHON = frozenset({"time", "timeit", "capture", "prun"})
"""The cell magics whose cell is Python."""
_ASSIGNED = re.compile(r"([ \t]*[\w.]+[ \t]*=[ \t]*)[%!]")
_MAGIC = re.compile(r"([ \t]*)(?:[%!?]|[\w.]+\?{1,2}[ \t]*$)")


class Cell(NamedTuple):
    """One version of a cell, and the texts of the Python cells above it."""

    document: Document
    above: tuple[str, ...]


@dataclass(frozen=True)
class CellModule:
    """The module that a cell is the end of: its `text`, of which `shift` lines are above the cell.

    `masked` are the lines, from 1, that are otherwise in the notebook.
    """

    path: str
    document: Document
    text: str
    shift: int
    masked: frozenset[int]

    def cut(self, result: RepairResult) -> RepairResult:
        """The result with only those patches that stay inside the cell, as patches of its text."""
        inside = (self._inside(patch) for patch in result.patches)
        return replace(result, patches=tuple(patch for patch in inside if patch is not None))

    def _inside(self, patch: Patch) -> Patch | None:
        from repairlsp.patches import unified_diff  # with the engine: the first fix pays for it

        edits = []
        for edit in patch.edits:
            span = edit.span
            if edit.path != self.path or span.start <= self.shift:
                return None
            if not self.masked.isdisjoint(range(*span)):
                return None
            moved = LineSpan(span.start - self.shift, span.end - self.shift)
            edits.append(Edit(edit.path, moved, edit.lines))
        source = SourceText.from_text(self.document.text)
        diff = unified_diff(self.path, source, source.apply(edits))
        return replace(patch, edits=tuple(edits), diff=diff)


def foreign_magic(text: str) -> str:
    """The magic that makes a cell something else than Python; empty for a cell of Python.

    >>> foreign_magic("%%bash\\nls"), foreign_magic("%%time\\nf()")
    ('%%bash', '')
    """
    magic = _CELL_MAGIC.match(text)
    return f"%%{magic[1]}" if magic and magic[1] not in _OF_PYTHON else ""


def module_of(cell: Cell, path: str) -> CellModule:
    """The cell in its module, known to the engine as `path`. It parses, so it takes a while.

    A cell above it that is no Python, or does not parse, is left out.
    """
    from repairlsp.validate.region import can_be_parsed  # with the engine, as above

    def masked(source: SourceText) -> list[str]:
        # A line of proper Python may begin with %, too: `(count\n % 2)`.
        return list(source.lines if can_be_parsed(source) else _without_magics(source.lines))

    lines: list[str] = []
    for text in cell.above:
        # Half a character cannot be written, and need not be seen.
        readable = text.encode("utf-8", "replace").decode()
        one = masked(SourceText.from_text(readable))
        if not foreign_magic(text) and can_be_parsed(SourceText.from_text("\n".join(one))):
            lines += one
    shift = len(lines)
    own = SourceText.from_text(cell.document.text)
    new = masked(own)
    changed = {at for at, line in enumerate(new) if line != own.lines[at]}
    ends = ["\n"] * shift + list(own.ends)
    text = "".join(line + end for line, end in zip([*lines, *new], ends, strict=True))
    return CellModule(path, cell.document, text, shift, frozenset(shift + 1 + at for at in changed))


def _without_magics(lines: Iterable[str]) -> Iterator[str]:
    goes_on = False
    for line in lines:
        if goes_on:
            yield ""
        elif assigned := _ASSIGNED.match(line):
            yield f"{assigned[1]}None"
        elif alone := _MAGIC.match(line):
            yield f"{alone[1]}pass"
        else:
            yield line
            continue
        goes_on = line.rstrip().endswith("\\")
