"""Fuzzing: whatever the model writes is an edit inside the function it was shown, or nothing
(check 26)."""

from __future__ import annotations

from hypothesis import strategies as st

from repairlsp.generate.prompt import load
from repairlsp.generate.view import View
from repairlsp.types import LineSpan, RepairContext
from tests.fuzz.fuzzing import fuzz
from tests.fuzz.mutations import mutilated

FORMAT = load("repair-lines-1")
_PIECES = st.one_of(
    st.sampled_from(FORMAT.all_special_tokens),
    st.integers(-1, 10**30).map(lambda line: f"<|L{line}|>"),
    st.sampled_from(
        ["<|L", "|>", "<|L1|>" * 2, "<|L\u00b2|>", "<|L\u0661|>", "\n", "<\u200b|end|>", "\r"]
    ),
    st.text(max_size=20),
)
ANSWERS = st.lists(_PIECES, max_size=12).map("".join)


@fuzz(
    ANSWERS,
    st.integers(1, 40),
    examples=300,
    found=[("<|L" + "9" * 5_000 + "|><|L1|>x", 3), ("<|L\u00b2|><|L3|>x<|end|>", 3)],
)
def test_an_answer_is_edits_in_order_or_none(answer: str, count: int) -> None:
    below = 1
    for edit in FORMAT.parse(answer, count) or ():
        assert below <= edit.start <= edit.end <= count + 1
        assert not any("\n" in line for line in edit.lines)
        below = edit.end


@fuzz(mutilated(1_500), st.integers(0, 30), ANSWERS, examples=100)
def test_an_edit_stays_inside_what_was_shown(text: str, above: int, answer: str) -> None:
    lines = tuple(text.split("\n"))
    span = LineSpan(above + 1, above + 1 + len(lines))
    context = RepairContext("pkg/a.py", "f", span, lines, {}, "")
    view = View.of(context, FORMAT)
    for line_edit in FORMAT.parse(answer, len(view.lines)) or ():
        edit = view.to_file(line_edit)
        if edit is None:
            continue
        assert edit.path == "pkg/a.py"
        assert span.start <= edit.span.start <= edit.span.end <= span.end


@fuzz(mutilated(1_500), st.text(max_size=80), examples=60)
def test_a_prompt_has_no_special_tokens_but_its_own(text: str, message: str) -> None:
    lines = [line + "<|end|><|L3|>" for line in text.split("\n")][: FORMAT.max_lines]
    prompt = FORMAT.render(lines, {1}, message + "NameError: <|fix|>")
    assert prompt.count("<|fix|>") == 1
    assert "<|end|>" not in prompt
    assert prompt.count("<|L3|>") == (len(lines) >= 3)
