"""The text edits that an editor gets do to its text what the patch does to the file."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from lsprotocol import types

from repairlsp.errors import PatchError
from repairlsp.server.documents import Document
from repairlsp.server.edits import text_edits
from repairlsp.server.positions import ENCODINGS, Encoding
from repairlsp.source import SourceText
from repairlsp.types import Edit, LineSpan
from tests.server.editor import apply

LINE = st.sampled_from(["", "a", "x = 1", "    return 'é'", "漢😀", "😀漢", "\tb\f"])
ENDS = st.sampled_from(["\n", "\n", "\r\n", "\r"])


@st.composite
def texts(draw: st.DrawFn) -> str:
    pairs = draw(st.lists(st.tuples(LINE, ENDS), max_size=8))
    return "".join(line + end for line, end in pairs) + draw(LINE)


@st.composite
def texts_and_edits(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    """A text and up to three edits of it that do not overlap."""
    text = draw(texts())
    count = len(SourceText.from_text(text).lines)
    edits, start = [], 1
    for _ in range(draw(st.integers(0, 3))):
        span_start = draw(st.integers(start, count + 1))
        span_end = draw(st.integers(span_start, count + 1))
        lines = tuple(draw(st.lists(LINE, max_size=3)))
        edits.append(Edit("a.py", LineSpan(span_start, span_end), lines))
        start = span_end + 1
        if start > count + 1:
            break
    return text, edits


def document(text: str) -> Document:
    return Document.opened(types.TextDocumentItem("file:///a.py", "python", 1, text))


@given(texts_and_edits(), st.sampled_from(ENCODINGS))
def test_the_editor_s_text_becomes_the_patched_one(
    case: tuple[str, list[Edit]], encoding: Encoding
) -> None:
    text, edits = case
    try:
        patched = SourceText.from_text(text).apply(edits).text
    except PatchError:  # a lone "\r" that would meet a "\n"
        assume(False)
    made = text_edits(document(text), edits, encoding)
    assert apply(text, made, encoding) == patched


@pytest.mark.parametrize(
    ("text", "edit", "expected"),
    [
        # One line for another: only the characters that differ.
        (
            "def f(a):\r\n    return a > 1\r\n",
            Edit("a.py", LineSpan(2, 3), ("    return a >= 1",)),
            ((1, 14), (1, 14), "="),
        ),
        # Behind an emoji, in UTF-16 units.
        (
            "x = '😀' + y",
            Edit("a.py", LineSpan(1, 2), ("x = '😀' - y",)),
            ((0, 9), (0, 10), "-"),
        ),
        # A deleted line goes with its end.
        ("a\nb\nc\n", Edit("a.py", LineSpan(2, 3), ()), ((1, 0), (2, 0), "")),
        # An inserted line gets the document's line end.
        ("a\r\nb\r\n", Edit("a.py", LineSpan(2, 2), ("x",)), ((1, 0), (1, 0), "x\r\n")),
    ],
)
def test_edits_are_small(text: str, edit: Edit, expected: tuple[object, object, str]) -> None:
    (made,) = text_edits(document(text), [edit], "utf-16")
    start = (made.range.start.line, made.range.start.character)
    end = (made.range.end.line, made.range.end.character)
    assert (start, end, made.new_text) == expected


def test_an_edit_that_changes_nothing_is_left_out() -> None:
    same = Edit("a.py", LineSpan(1, 3), ("a", "b"))
    assert text_edits(document("a\nb\n"), [same], "utf-16") == []
