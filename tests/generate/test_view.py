"""What the model is shown of a function, and how its edits come back to the file."""

from repairlsp.generate.prompt import LineEdit, load
from repairlsp.generate.view import View
from repairlsp.types import Edit, LineSpan, RepairContext

FORMAT = load("repair-lines-1")
METHOD = (
    "    def total(self):",
    '        """The sum.',
    "",
    "        At length,",
    "        and more.",
    '        """',
    "        result = 0",
    "        for item in self.items:",
    "            result -= item",
    "        return result",
)


def view(lines: tuple[str, ...] = METHOD, **suspicious: float) -> View:
    marks = {int(name[1:]): value for name, value in suspicious.items()}
    span = LineSpan(11, 11 + len(lines))
    return View.of(RepairContext("a.py", "total", span, lines, marks), FORMAT)


def test_a_method_is_dedented_and_its_docstring_shortened() -> None:
    assert view().lines == (
        "def total(self):",
        '    """The sum.',
        '    """',
        "    result = 0",
        "    for item in self.items:",
        "        result -= item",
        "    return result",
    )


def test_edits_go_to_the_file_and_back() -> None:
    shown = view()
    there = shown.to_file(LineEdit(6, 7, ("        result += item",)))
    assert there == Edit("a.py", LineSpan(19, 20), ("            result += item",))
    assert shown.to_prompt([there]) == (LineEdit(6, 7, ("        result += item",)),)


def test_an_insertion_at_the_end_goes_to_the_file_and_back() -> None:
    shown = view()
    there = shown.to_file(LineEdit(8, 8, ("    # end",)))
    assert there == Edit("a.py", LineSpan(21, 21), ("        # end",))
    assert shown.to_prompt([there]) == (LineEdit(8, 8, ("    # end",)),)


def test_an_edit_never_takes_hidden_lines_away() -> None:
    assert view().to_file(LineEdit(2, 4, ())) is None
    assert view().to_prompt([Edit("a.py", LineSpan(12, 17), ())]) is None


def test_marks_are_the_clearly_most_suspicious_lines() -> None:
    assert view(l19=0.9, l17=0.2).marked == {6}


def test_when_all_lines_are_equally_suspicious_none_is_marked() -> None:
    assert view(**{f"l{line}": 0.5 for line in range(11, 21)}).marked == frozenset()


def test_a_long_function_is_cut_around_the_suspicious_line() -> None:
    lines = ("def f():", *(f"    value_{n} = some_function_of({n})" for n in range(100)))
    shown = view(lines, l90=1.0)
    assert shown.lines[0] == "def f():"
    assert "    value_78 = some_function_of(78)" in shown.lines
    assert len("".join(shown.lines)) < 1_400
    edit = shown.to_file(LineEdit(2, 3, ("    pass",)))
    assert edit is not None
    assert lines[edit.span.start - 11] == shown.lines[1]
