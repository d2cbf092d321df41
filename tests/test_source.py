"""SourceText: byte-exact reading, writing and editing."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repairlsp.errors import PatchError
from repairlsp.source import SourceText
from repairlsp.types import Edit, LineSpan

LINE = st.text(
    st.characters(exclude_characters="\r\n\0", exclude_categories=["Cs"]), max_size=8
) | st.sampled_from(["", "x = 1", "\u2028", "\f", "\x85", "\ufeff", "\U0001f600"])
TEXT = st.lists(st.tuples(LINE, st.sampled_from(["\n", "\r\n", "\r"])), max_size=8).flatmap(
    lambda pairs: LINE.map(lambda last: "".join(a + b for a, b in pairs) + last)
)


def edit(start: int, end: int, *lines: str) -> Edit:
    return Edit("a.py", LineSpan(start, end), lines)


@given(TEXT, st.sampled_from([b"", codecs.BOM_UTF8]))
def test_bytes_come_back_the_same(text: str, bom: bytes) -> None:
    data = bom + text.encode()
    try:
        source = SourceText.from_bytes(data)
    except PatchError:  # a first line that happens to declare an encoding
        assert "coding" in text
        return
    assert source.to_bytes() == data


@given(TEXT)
def test_lines_end_where_lsp_says(text: str) -> None:
    source = SourceText.from_text(text)
    assert source.text == text
    assert not any(set(line) & {"\r", "\n"} for line in source.lines)
    normal = text.replace("\r\n", "\n").replace("\r", "\n")
    assert list(source.lines) == normal.removesuffix("\n").split("\n")[: len(source.lines)]
    assert len(source.lines) == normal.count("\n") + bool(normal and not normal.endswith("\n"))


@st.composite
def edited_texts(draw: st.DrawFn) -> tuple[SourceText, list[Edit]]:
    source = SourceText.from_text(draw(TEXT))
    size = len(source.lines) + 1
    cuts = sorted(draw(st.lists(st.integers(1, size), max_size=6)))
    edits = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        edits.append(edit(start, end, *draw(st.lists(LINE, max_size=3))))
    return source, edits


@given(edited_texts())
def test_edits_keep_every_byte_outside_their_spans(case: tuple[SourceText, list[Edit]]) -> None:
    source, edits = case
    try:
        after = source.apply(edits)
    except PatchError as error:
        assert "carriage return" in str(error)
        return
    # The model: cut the text into whole lines and put the new ones where the spans were.
    whole = [line + end for line, end in zip(source.lines, source.ends, strict=True)]
    start = 1
    rest = after.text
    for each in edits:
        kept = "".join(whole[start - 1 : each.span.start - 1])
        below_unfinished = start <= len(whole) < each.span.start and not source.ends[-1]
        if below_unfinished and each.lines:
            kept += source.newline
        assert rest.startswith(kept)
        rest = rest[len(kept) :]
        for line in each.lines:
            assert rest.startswith(line)
            rest = rest[len(line) :]
            rest = rest[2:] if rest.startswith("\r\n") else rest[1:]
        start = each.span.end
    assert rest == "".join(whole[start - 1 :])
    assert SourceText.from_text(after.text).lines == after.lines


@pytest.mark.parametrize(
    ("before", "edits", "after"),
    [
        ("a\nb\n", [edit(2, 3, "B")], "a\nB\n"),
        ("a\r\nb\r\n", [edit(2, 3, "x", "y")], "a\r\nx\r\ny\r\n"),
        ("a\nb", [edit(2, 3, "B")], "a\nB"),
        ("a\nb", [edit(3, 3, "c")], "a\nb\nc"),
        ("a\nb", [edit(2, 3)], "a\n"),
        ("a\nb", [edit(1, 3, "x")], "x"),
        ("a\nb\n", [edit(1, 1, "first"), edit(1, 1, "second")], "first\nsecond\na\nb\n"),
        ("a\n", [edit(1, 2, "A"), edit(1, 1, "top")], "top\nA\n"),
        ("", [edit(1, 1, "x")], "x\n"),
        ("a", [edit(1, 2)], ""),
        ("a\n\n", [edit(2, 3)], "a\n"),
        ("a\rb\r", [edit(1, 2, "x", "y")], "x\ry\rb\r"),
    ],
)
def test_line_ends_of_edited_texts(before: str, edits: list[Edit], after: str) -> None:
    assert SourceText.from_text(before).apply(edits).text == after


@pytest.mark.parametrize(
    "edits",
    [
        [edit(0, 1, "x")],
        [edit(3, 5)],
        [edit(2, 1)],
        [edit(1, 3), edit(2, 3)],
        [edit(1, 2, "x"), edit(1, 2, "y")],
        [edit(1, 2, "x\ny")],
        [edit(1, 2, "x\ry")],
    ],
)
def test_edits_that_do_not_fit_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(PatchError):
        SourceText.from_text("a\nb\n").apply(edits)


def test_a_lone_carriage_return_never_joins_a_line_feed() -> None:
    with pytest.raises(PatchError, match="carriage return"):
        SourceText.from_text("a\rb\n").apply([edit(2, 3, "")])


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (b"# coding: latin-1\nx = '\xe9'\n", "iso-8859-1"),
        (b"#!/usr/bin/python\n# -*- coding: cp1252 -*-\nx = '\x80'\n", "cp1252"),
        (b"# note\r# coding: latin-1\rx = '\xe9'\r", "iso-8859-1"),
        (b"# coding: shift_jis\nx = '\x83\x5c'\n", "shift_jis"),
        (b"x = '\xc3\xa9'\n", "utf-8"),
    ],
)
def test_declared_encodings(data: bytes, encoding: str) -> None:
    source = SourceText.from_bytes(data)
    assert source.encoding == encoding
    assert source.to_bytes() == data
    after = source.apply([edit(len(source.lines) + 1, len(source.lines) + 1, "y = 1")])
    assert after.to_bytes().startswith(data)
    # Python itself reads the same text.
    namespace: dict[str, object] = {}
    exec(compile(data, "x.py", "exec"), namespace)
    assert str(namespace["x"]) in source.text


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"x = '\xff'\n", "encoding"),
        (b"x = 1\ny = 1\nz = '\xff'\n", r"not valid utf-8 \(byte 17\)"),
        (b"# coding: no-such\n", "not known"),
        (b"# coding: rot13\nk = 1\n", "not valid rot13"),
        (b"# coding: utf-7\nx = '+AGE-'\n", "cannot be written back"),
        (codecs.BOM_UTF8 + b"# coding: latin-1\n", "not known"),
        ("x = 1\n".encode("utf-16"), "NUL"),
        (b"x\0", "NUL"),
    ],
)
def test_files_that_cannot_be_edited_exactly(data: bytes, message: str) -> None:
    with pytest.raises(PatchError, match=message):
        SourceText.from_bytes(data)


def test_a_character_outside_the_encoding_is_refused() -> None:
    source = SourceText.from_bytes(b"# coding: latin-1\nx = 1\n")
    with pytest.raises(PatchError, match="does not fit"):
        source.apply([edit(2, 3, "x = '\u20ac'")]).to_bytes()


def test_a_file_of_one_huge_line_is_read_at_once() -> None:
    data = b"x = '" + b"a" * 1_000_000 + b"'"
    assert SourceText.from_bytes(data).to_bytes() == data
