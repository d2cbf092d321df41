"""Fuzzing: functions are found in mutilated files, whatever is left of them (check 16)."""

from __future__ import annotations

from hypothesis import strategies as st

from repairlsp.context import contexts, enclosing
from repairlsp.context.condense import condense
from repairlsp.context.shape import Shape
from repairlsp.generate.prompt import load
from repairlsp.generate.view import View
from repairlsp.source import SourceText
from repairlsp.types import FaultLocation, LineSpan
from tests.fuzz.fuzzing import fuzz
from tests.fuzz.mutations import mutilated

FORMAT = load("repair-lines-1")


@fuzz(mutilated(), st.lists(st.integers(1, 120), min_size=1, max_size=6), examples=60)
def test_every_suspicious_line_is_shown_once(text: str, lines: list[int]) -> None:
    source = SourceText.from_text(text)
    found = [FaultLocation("a.py", line, 1 / (line + 1), ()) for line in lines]
    marked: list[int] = []
    for context in contexts(found, lambda path: source, limit=100):
        start, end = context.span
        assert 1 <= start < end <= len(source.lines) + 1
        assert context.lines == source.lines[start - 1 : end - 1]
        assert all(line in context.span for line in context.suspiciousness)
        marked += context.suspiciousness
        view = View.of(context, FORMAT)
        assert all(start <= number < end for number in view.numbers)
        FORMAT.render(view.lines, view.marked, context.message)
    assert sorted(marked) == sorted({line for line in lines if line <= len(source.lines)})


@fuzz(mutilated(), st.integers(-3, 200), st.integers(0, 9), examples=60)
def test_the_function_around_a_line(text: str, start: int, count: int) -> None:
    source = SourceText.from_text(text)
    context = enclosing(source, "a.py", LineSpan(start, start + count))
    assert context.lines == source.lines[context.span.start - 1 : context.span.end - 1]


@fuzz(mutilated(), examples=60)
def test_spans_of_functions_are_spans_of_the_file(text: str) -> None:
    source = SourceText.from_text(text)
    shape = Shape(source.lines)
    for line in range(1, len(source.lines) + 1):
        region = shape.region(LineSpan(line, line + 1))
        assert 1 <= region.span.start <= line < region.span.end <= len(source.lines) + 1
        window = shape.window(region, line)
        assert line in window
    kept = condense(source.lines)
    assert [source.lines[number] for number in kept.numbers[:-1]] == [*kept.lines]
