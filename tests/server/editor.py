"""An editor's side of LSP, written as plainly as possible: what the server is compared with."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from lsprotocol import types

from repairlsp.server.positions import Encoding

UNIT_BYTES = {"utf-8": 1, "utf-16": 2, "utf-32": 4}
CODECS = {"utf-8": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}


def units(character: str, encoding: Encoding) -> int:
    """How many code units one character takes."""
    return len(character.encode(CODECS[encoding], "surrogatepass")) // UNIT_BYTES[encoding]


def line_starts(text: str) -> list[int]:
    """The offset of each line, split one character at a time where LSP says, and nowhere else."""
    starts = [0]
    for at, character in enumerate(text):
        ends_here = character == "\n" or (character == "\r" and text[at + 1 : at + 2] != "\n")
        if ends_here:
            starts.append(at + 1)
    return starts


def offset(text: str, place: types.Position, encoding: Encoding) -> int:
    """The offset of a position; too far right is the line's end, too far down the text's."""
    starts = line_starts(text)
    if place.line >= len(starts):
        return len(text)
    at, left = starts[place.line], place.character
    while at < len(text) and text[at] not in "\r\n" and left >= units(text[at], encoding):
        left -= units(text[at], encoding)
        at += 1
    return at


def apply(text: str, edits: Sequence[types.TextEdit], encoding: Encoding = "utf-16") -> str:
    """The text after all edits, whose ranges are about the text before any of them."""
    places = [
        (offset(text, edit.range.start, encoding), offset(text, edit.range.end, encoding), edit)
        for edit in edits
    ]
    for (_, end, _), (start, _, _) in itertools.pairwise(places):
        assert end <= start, "edits overlap or are out of order"
    for start, end, edit in reversed(places):
        text = text[:start] + edit.new_text + text[end:]
    return text


def edits_of(edit: types.WorkspaceEdit, uri: str) -> list[types.TextEdit]:
    """The text edits of one document, whichever way the server sent them."""
    if edit.document_changes is None:
        assert edit.changes is not None
        return list(edit.changes[uri])
    (change,) = edit.document_changes
    assert isinstance(change, types.TextDocumentEdit)
    assert change.text_document.uri == uri
    return list(change.edits)  # type: ignore[arg-type]
