"""The open documents, as the client has them.

Our own, because a text must be split into lines exactly where LSP does it: at "\\n", "\\r\\n" and
"\\r", and nowhere else (`str.splitlines` also splits at form feed, U+0085 and U+2028).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from lsprotocol import types

from repairlsp.server import positions
from repairlsp.server.positions import Encoding

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")


@dataclass(frozen=True)
class Document:
    """One version of one document. Immutable, so that a job can keep it while the user types.

    `lines` are whole lines with their ends; a text that is empty or ends in a line end has one
    more line, the empty one, which is not in `lines`.
    """

    uri: str
    language: str
    version: int
    lines: tuple[str, ...]

    @classmethod
    def opened(cls, item: types.TextDocumentItem) -> Document:
        text = positions.join_surrogates(item.text)
        return cls(item.uri, item.language_id, item.version, tuple(_LINE.findall(text)))

    @cached_property
    def text(self) -> str:
        return "".join(self.lines)

    def line(self, number: int) -> str:
        """Line `number` (from 0) without its end; empty beyond the last."""
        return self.lines[number].rstrip("\r\n") if number < len(self.lines) else ""

    def position(self, line: int, index: int, encoding: Encoding) -> types.Position:
        """The position of the character at `index` of line `line` (both from 0)."""
        character = positions.to_character(self.line(line), index, encoding)
        return types.Position(line=line, character=character)

    def changed(
        self,
        version: int,
        changes: Sequence[types.TextDocumentContentChangeEvent],
        encoding: Encoding,
    ) -> Document:
        """The document after `changes`, made one after the other as LSP prescribes."""
        lines = list(self.lines)
        for change in changes:
            if isinstance(change, types.TextDocumentContentChangePartial):
                _splice(lines, change.range, change.text, encoding)
            else:
                lines = _LINE.findall(positions.join_surrogates(change.text))
        return replace(self, version=version, lines=tuple(lines))


def _splice(lines: list[str], span: types.Range, text: str, encoding: Encoding) -> None:
    """Replace `span` by `text`, splitting again only the lines that it touches."""
    first, start = _locate(lines, span.start, encoding)
    last, end = _locate(lines, span.end, encoding)
    if (last, end) < (first, start):  # a reversed range is taken as the place of its start
        last, end = first, start
    head = lines[first][:start] if first < len(lines) else ""
    tail = lines[last][end:] if last < len(lines) else ""
    if not head and first > 0 and lines[first - 1].endswith("\r"):
        first -= 1  # a new "\n" would make one line end of that "\r"
        head = lines[first]
    whole = positions.join_surrogates(head + text + tail)
    lines[first : last + 1] = _LINE.findall(whole)


def _locate(lines: list[str], place: types.Position, encoding: Encoding) -> tuple[int, int]:
    """The line and the index in it of `place`, kept inside the text and before the line's end."""
    if place.line >= len(lines):
        if lines and lines[-1][-1] not in "\r\n":
            return len(lines) - 1, len(lines[-1])
        return len(lines), 0
    line = lines[place.line].rstrip("\r\n")
    return place.line, positions.to_index(line, place.character, encoding)


class Documents:
    """The documents that the client has open, by URI."""

    def __init__(self, encoding: Encoding) -> None:
        self.encoding: Encoding = encoding
        self._open: dict[str, Document] = {}

    def open(self, item: types.TextDocumentItem) -> None:
        self._open[item.uri] = Document.opened(item)

    def change(
        self, uri: str, version: int, changes: Sequence[types.TextDocumentContentChangeEvent]
    ) -> bool:
        """Make the changes; False when the document is not open, and nothing was done."""
        document = self._open.get(uri)
        if document is None:
            return False
        self._open[uri] = document.changed(version, changes, self.encoding)
        return True

    def close(self, uri: str) -> None:
        self._open.pop(uri, None)

    def get(self, uri: str) -> Document | None:
        return self._open.get(uri)

    def __iter__(self) -> Iterator[Document]:
        return iter(tuple(self._open.values()))
