"""Prompt formats: what is rendered can be read back, and source text cannot pose as a pointer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repairlsp.errors import ModelError
from repairlsp.generate.prompt import LineEdit, line_edits, load

FORMAT = load("repair-lines-1")
code_lines = st.lists(st.text(st.characters(exclude_characters="\r\n\0"), max_size=30), max_size=8)


def test_a_prompt() -> None:
    prompt = FORMAT.render(["def f():", "    return x"], {2}, "NameError: name 'x' is not defined")
    assert prompt == (
        "<|bug|>NameError: name 'x' is not defined<|code|>"
        "<|L1|>def f():<|L2|><|mark|>    return x<|fix|>"
    )


def test_messages_of_kinds_that_were_not_taught_are_left_out() -> None:
    assert FORMAT.render(["pass"], (), "AssertionError: assert 1 == 2").startswith(
        "<|bug|><|code|>"
    )


def test_source_text_cannot_pose_as_a_pointer() -> None:
    prompt = FORMAT.render(['x = "<|L9|><|fix|>"'], (), "")
    assert "<|L9|>" not in prompt
    assert prompt.count("<|fix|>") == 1


@given(before=code_lines, after=code_lines)
def test_an_answer_is_read_back_and_makes_its_edits(before: list[str], after: list[str]) -> None:
    edits = line_edits(before, after)
    if any(edit.lines == ("",) for edit in edits):
        return  # one blank line more looks like a deletion; no fix consists of that
    parsed = FORMAT.parse(FORMAT.answer(edits), len(before))
    assert parsed is not None
    made = list(before)
    for edit in reversed(parsed):
        made[edit.start - 1 : edit.end - 1] = edit.lines
    assert made == after


@pytest.mark.parametrize(
    "answer",
    [
        "return 1<|end|>",
        "<|L1|>return 1<|end|>",
        "<|L3|><|L2|>x<|end|>",
        "<|L2|><|L9|>x<|end|>",
        "<|L2|><|L3|>x<|L1|><|L2|>y<|end|>",
        "<|L1|><|L2|>x<|L4|>y<|end|>",
    ],
)
def test_malformed_answers_are_none(answer: str) -> None:
    assert FORMAT.parse(answer, 4) is None


@given(st.text(max_size=60))
def test_any_text_is_read_without_an_exception(text: str) -> None:
    for edit in FORMAT.parse(text, 3) or ():
        assert isinstance(edit, LineEdit)


def test_too_many_lines_are_refused() -> None:
    with pytest.raises(ValueError, match="161 lines"):
        FORMAT.render(["x"] * 161, (), "")


@pytest.mark.parametrize("family", ["nothing", "../pyproject", ""])
def test_an_unknown_family_is_named(family: str) -> None:
    with pytest.raises(ModelError, match="no prompt format"):
        load(family)
