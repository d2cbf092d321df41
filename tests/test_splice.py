"""Splices: rewrites of syntax tree nodes as whole lines."""

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repairlsp.source import SourceText
from repairlsp.splice import Splice, node_text, replace_node, splice, text_between
from repairlsp.types import Edit

SOURCE = """\
def area(größe, höhe):
    name = "größe" + str(größe)  # ü
    return (
        größe *
        höhe
    )
"""
LINES = SOURCE.splitlines()


def nodes(kind: type[ast.expr]) -> list[ast.expr]:
    return [node for node in ast.walk(ast.parse(SOURCE)) if isinstance(node, kind)]


def test_columns_are_utf8_bytes() -> None:
    (call,) = nodes(ast.Call)
    assert node_text(call, LINES) == "str(größe)"
    done = splice(LINES, [replace_node(call, "höhe")])
    assert done.span == (2, 3)
    assert done.lines == ('    name = "größe" + höhe  # ü',)


def test_a_node_of_several_lines() -> None:
    product = next(node for node in nodes(ast.BinOp) if node.lineno == 4)
    assert node_text(product, LINES) == "größe *\n        höhe"
    done = splice(LINES, [replace_node(product, "1\n2")])
    assert done.span == (4, 6)
    assert done.lines == ("        1", "2")


def test_several_splices_and_an_insertion() -> None:
    parts = [Splice(1, 4, 1, 8, "size"), Splice(3, 4, 3, 4, "# "), Splice(1, 0, 1, 3, "async def")]
    done = splice(LINES, parts)
    assert done.span == (1, 4)
    assert done.lines == ("async def size(größe, höhe):", LINES[1], "    # return (")


@pytest.mark.parametrize(
    "parts", [[], [Splice(1, 0, 1, 5, "x"), Splice(1, 4, 1, 6, "y")], [Splice(1, 0, 2, 3, "")] * 2]
)
def test_what_cannot_be_spliced(parts: list[Splice]) -> None:
    with pytest.raises(ValueError, match="splice"):
        splice(LINES, parts)


@given(
    st.lists(
        st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=6),
        min_size=1,
        max_size=5,
    ),
    st.data(),
)
def test_a_splice_replaces_just_its_text(lines: list[str], data: st.DataObject) -> None:
    positions = [
        (number, len(line[:at].encode()))
        for number, line in enumerate(lines, 1)
        for at in range(len(line) + 1)
    ]
    start, end = sorted(data.draw(st.tuples(*[st.sampled_from(positions)] * 2)))
    new = data.draw(st.sampled_from(["", "x", "x\ny", "ß\n"]))
    done = splice(lines, [Splice(*start, *end, new)])
    # Through SourceText, whose edits are tested on their own.
    whole = "\n".join(lines) + "\n"
    edited = SourceText.from_text(whole).apply([Edit("a", done.span, done.lines)]).text
    before = text_between(lines, 1, 0, *start)
    after = text_between(lines, *end, len(lines), len(lines[-1].encode()))
    assert edited == before + new + after + "\n"
