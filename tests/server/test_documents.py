"""Text synchronisation, against a text that is edited by offsets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from repairlsp.server.documents import Document, Documents
from repairlsp.server.positions import ENCODINGS, Encoding, join_surrogates
from tests.server.editor import apply, line_starts

# Every character that some splitter takes for a line end, and characters of 1 to 4 bytes.
TEXTS = st.text(alphabet="ab\n\n\r\f\v\x1c\x85\u2028é漢😀\ud83d\ude00", max_size=30)
POSITIONS = st.builds(types.Position, st.integers(0, 8), st.integers(0, 8))


def opened(text: str) -> Document:
    return Document.opened(types.TextDocumentItem("file:///a.py", "python", 1, text))


@given(TEXTS)
def test_lines_are_those_of_lsp(text: str) -> None:
    document = opened(text)
    assert document.text == join_surrogates(text)
    starts = line_starts(document.text)
    assert len(document.lines) == len(starts) - (starts[-1] == len(document.text))


@given(
    TEXTS,
    st.lists(st.tuples(POSITIONS, POSITIONS, TEXTS), max_size=4),
    st.sampled_from(ENCODINGS),
)
def test_incremental_changes(
    text: str, edits: list[tuple[types.Position, types.Position, str]], encoding: Encoding
) -> None:
    expected = join_surrogates(text)
    changes: list[types.TextDocumentContentChangeEvent] = []
    for one, other, new in edits:
        start, end = sorted([one, other])
        span = types.Range(start, end)
        changes.append(types.TextDocumentContentChangePartial(range=span, text=new))
        expected = join_surrogates(apply(expected, [types.TextEdit(span, new)], encoding))
    document = opened(text).changed(2, changes, encoding)
    assert document.text == expected
    assert document.lines == opened(expected).lines


def test_a_full_change_replaces_everything() -> None:
    change = types.TextDocumentContentChangeWholeDocument(text="x = 1\r\n")
    document = opened("y\n").changed(7, [change], "utf-16")
    assert (document.version, document.lines) == (7, ("x = 1\r\n",))


def test_a_version_taken_earlier_does_not_change() -> None:
    documents = Documents("utf-16")
    documents.open(types.TextDocumentItem("file:///a.py", "python", 1, "one\n"))
    before = documents.get("file:///a.py")
    change = types.TextDocumentContentChangeWholeDocument(text="two\n")
    assert documents.change("file:///a.py", 2, [change])
    after = documents.get("file:///a.py")
    assert before and after
    assert (before.version, before.text) == (1, "one\n")
    assert (after.version, after.text) == (2, "two\n")


def test_a_change_of_an_unknown_document_is_refused() -> None:
    assert not Documents("utf-16").change("file:///b.py", 2, [])


@pytest.mark.parametrize("length", [1_000_000])
def test_a_very_long_line_is_edited_in_one_go(length: int) -> None:
    document = opened("é" * length + "\nend")
    place = types.Position(0, length - 1)
    change = types.TextDocumentContentChangePartial(range=types.Range(place, place), text="x")
    assert document.changed(2, [change], "utf-16").text == "é" * (length - 1) + "xé\nend"
