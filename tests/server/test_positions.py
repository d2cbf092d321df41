"""Positions in the three encodings, against counting code units one character at a time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repairlsp.server import positions
from repairlsp.server.positions import ENCODINGS, Encoding
from tests.server.editor import units

# Wide and narrow, combining marks, an emoji with a modifier, lone surrogates.
LINES = st.text(alphabet="a\té漢́👍🏽\ud83d\ude00", max_size=12).map(positions.join_surrogates)


@given(LINES, st.sampled_from(ENCODINGS), st.data())
def test_there_and_back(line: str, encoding: Encoding, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(line)))
    character = positions.to_character(line, index, encoding)
    assert character == sum(units(each, encoding) for each in line[:index])
    assert positions.to_index(line, character, encoding) == index


@given(LINES, st.sampled_from(ENCODINGS), st.integers(0, 60))
def test_inside_a_character_is_its_start(line: str, encoding: Encoding, character: int) -> None:
    index = positions.to_index(line, character, encoding)
    assert positions.to_character(line, index, encoding) <= character
    if index < len(line):
        assert positions.to_character(line, index + 1, encoding) > character


@pytest.mark.parametrize(
    ("offered", "chosen"),
    [
        ([], "utf-16"),
        (["utf-8", "utf-16"], "utf-8"),
        (["utf-16", "utf-8"], "utf-16"),
        (["utf-7", "utf-32"], "utf-32"),
        ([1, None], "utf-16"),
    ],
)
def test_the_client_s_order_decides(offered: list[object], chosen: Encoding) -> None:
    assert positions.choose(offered) == chosen
