"""Fuzzing: frames and text synchronisation (checks 11, 13 and 14) against plain models of both."""

from __future__ import annotations

import io

from hypothesis import strategies as st
from lsprotocol import types

from repairlsp.server.documents import Document
from repairlsp.server.framing import BadHeader, read_frame, write_frame
from repairlsp.server.positions import ENCODINGS, Encoding, join_surrogates
from tests.fuzz.fuzzing import fuzz
from tests.fuzz.mutations import damaged_bytes, mutilated
from tests.server.editor import apply, line_starts

GOOD = b'Content-Length: 15\r\n\r\n{"jsonrpc":"2"}'


def frames(data: bytes) -> list[bytes | BadHeader]:
    stream, found = io.BytesIO(data), list[bytes | BadHeader]()
    while (frame := read_frame(stream)) is not None:
        found.append(frame)
        assert len(found) <= len(data), "it does not get on"
    return found


@fuzz(st.lists(st.binary(max_size=100), max_size=6), examples=200)
def test_what_is_written_is_read(bodies: list[bytes]) -> None:
    stream = io.BytesIO()
    for body in bodies:
        write_frame(stream, body)
    assert frames(stream.getvalue()) == bodies


@fuzz(
    damaged_bytes(GOOD * 3),
    examples=300,
    found=[
        (b"Content-Length: 99999999999999999999\r\n\r\n",),
        (b"Content-Length: \xb2\r\n\r\n{}",),
    ],
)
def test_broken_frames_end_or_are_told(data: bytes) -> None:
    for frame in frames(data):
        assert isinstance(frame, bytes | BadHeader)


@fuzz(st.binary(max_size=300), examples=200)
def test_a_good_frame_after_junk_is_found(junk: bytes) -> None:
    if b"content-length" in junk.lower():
        return
    assert frames(junk.replace(b"\n", b"\r\n") + b"\r\n\r\n" + GOOD)[-1] == b'{"jsonrpc":"2"}'


_PLACES = st.builds(types.Position, st.integers(0, 60), st.integers(0, 90))
_CHANGES = st.lists(
    st.one_of(
        st.tuples(_PLACES, _PLACES, st.text("ab\n\r\f\x85\u2028é漢😀\ud83d\ude00", max_size=8)),
        st.tuples(st.none(), st.none(), mutilated(200)),
    ),
    max_size=8,
)


@fuzz(mutilated(1_500), _CHANGES, st.sampled_from(ENCODINGS), examples=60)
def test_a_document_is_what_the_editor_has(
    text: str,
    edits: list[tuple[types.Position | None, types.Position | None, str]],
    encoding: Encoding,
) -> None:
    expected = join_surrogates(text)
    changes: list[types.TextDocumentContentChangeEvent] = []
    for one, other, new in edits:
        if one is None or other is None:
            changes.append(types.TextDocumentContentChangeWholeDocument(text=new))
            expected = join_surrogates(new)
            continue
        start, end = sorted([one, other])
        span = types.Range(start, end)
        changes.append(types.TextDocumentContentChangePartial(range=span, text=new))
        expected = join_surrogates(apply(expected, [types.TextEdit(span, new)], encoding))
    opened = Document.opened(types.TextDocumentItem("file:///a.py", "python", 1, text))
    document = opened.changed(2, changes, encoding)
    assert document.text == expected
    starts = line_starts(expected)
    assert len(document.lines) == len(starts) - (starts[-1] == len(expected))
