"""From locations to functions, most suspicious first."""

import subprocess
import sys

import pytest

from repairlsp.context import contexts, enclosing
from repairlsp.errors import PatchError
from repairlsp.source import SourceText
from repairlsp.types import FaultLocation, LineSpan, RepairContext

SHOP = '''\
import functools

RATES = {
    "food": 7,
    "books": 7,
}


@functools.lru_cache(
    maxsize=None
)
def rate(kind):
    """The rate in percent."""
    return RATES.get(kind, 19)


class Basket:
    limit = 10

    def __init__(self):
        self.items = []

    @property
    def total(self):
        def gross(item):
            return item.price * (100 + rate(item.kind)) // 100
        return sum(gross(item) for item in self.items)

    class Row:
        def show(self): return ""


if True:
    async def later(basket):
        return basket.total
'''
FILES = {"shop.py": SHOP, "other.py": "def f(x):\n    return x\n\n\ndef g(x):\n    return x\n"}


def sources(path: str) -> SourceText:
    if path not in FILES:
        raise PatchError(f"{path} is not there")
    return SourceText.from_text(FILES[path])


def at(path: str, line: int, suspiciousness: float = 0.5) -> FaultLocation:
    return FaultLocation(path, line, suspiciousness, "")


def first_line(context: RepairContext) -> str:
    return context.lines[0]


@pytest.mark.parametrize(
    ("line", "name", "start", "end"),
    [
        (9, "rate", 9, 15),  # a decorator
        (12, "rate", 9, 15),
        (14, "rate", 9, 15),
        (21, "Basket.__init__", 20, 22),
        (23, "Basket.total", 23, 28),
        (26, "Basket.total", 23, 28),  # a nested function comes with the outer one
        (30, "Basket.Row.show", 30, 31),
        (35, "later", 34, 36),
    ],
)
def test_a_line_belongs_to_its_function(line: int, name: str, start: int, end: int) -> None:
    (context,) = contexts([at("shop.py", line)], sources, limit=5)
    assert (context.path, context.name, context.span) == ("shop.py", name, (start, end))
    assert context.lines == tuple(SHOP.splitlines()[start - 1 : end - 1])
    assert dict(context.suspiciousness) == {line: 0.5}


def test_outside_functions_the_statement_and_the_lines_around() -> None:
    (constant,) = contexts([at("shop.py", 5)], sources, limit=5)
    assert (constant.name, constant.span) == ("", (1, 10))
    (attribute,) = contexts([at("shop.py", 18)], sources, limit=5)
    assert (attribute.name, attribute.span) == ("", (15, 22))


def test_the_most_suspicious_function_comes_first() -> None:
    locations = [
        at("other.py", 2, 0.9),
        at("shop.py", 14, 0.8),
        at("other.py", 6, 0.95),
        at("shop.py", 27, 0.7),
        at("other.py", 5, 0.1),
    ]
    found = list(contexts(locations, sources, limit=9, message="ValueError:\n  bad"))
    assert [context.name for context in found] == ["g", "f", "rate", "Basket.total"]
    assert dict(found[0].suspiciousness) == {5: 0.1, 6: 0.95}
    assert {context.message for context in found} == {"ValueError: bad"}
    assert [context.name for context in contexts(locations, sources, limit=2)] == ["g", "f"]


def test_equal_worst_lines_put_the_function_with_more_of_them_first() -> None:
    locations = [at("other.py", 2, 0.5), *(at("shop.py", line, 0.5) for line in (25, 26, 27))]
    names = [context.name for context in contexts(locations, sources, limit=9)]
    assert names == ["Basket.total", "f"]
    # but no number of them outweighs a clearly worse line
    locations[0] = at("other.py", 2, 0.56)
    assert next(contexts(locations, sources, limit=9)).name == "f"


def test_lines_without_suspicion_or_outside_the_file_are_left_out() -> None:
    locations = [at("other.py", 2, 0.0), at("other.py", 99), at("other.py", 0)]
    assert list(contexts(locations, sources, limit=9)) == []


def test_a_file_that_cannot_be_read_is_an_error() -> None:
    with pytest.raises(PatchError):
        next(contexts([at("gone.py", 1)], sources, limit=1))


def test_a_long_function_is_shown_in_windows() -> None:
    body = "".join(f"    x{number} = {number}\n" for number in range(300))
    text = f"def before():\n    pass\ndef long():\n{body}def after():\n    pass\n"
    locations = [at("a.py", 100, 0.9), at("a.py", 110, 0.5), at("a.py", 250, 0.6), at("a.py", 4)]
    found = list(contexts(locations, lambda path: SourceText.from_text(text), limit=9))
    assert [context.span for context in found] == [(60, 141), (210, 291), (3, 45)]
    assert [dict(context.suspiciousness) for context in found] == [
        {100: 0.9, 110: 0.5},
        {250: 0.6},
        {4: 0.5},
    ]
    assert {context.name for context in found} == {"long"}


def test_a_nested_function_in_a_long_one_is_shown_alone() -> None:
    padding = "    x = 1\n" * 150
    text = f"def outer():\n{padding}    def inner():\n        return x\n    return inner\n"
    (context,) = contexts([at("a.py", 153)], lambda path: SourceText.from_text(text), limit=9)
    assert (context.name, context.span) == ("outer.inner", (152, 154))


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_numbers_are_those_of_lsp(newline: str) -> None:
    text = newline.join(
        [
            "x = 'ü\u2028\x85\f'  # 😀",
            "def f():",
            "    y = '''",
            "a\u2028b''' + 1",
            "    return y",
            "",
        ]
    )
    source = SourceText.from_text(text)
    context = enclosing(source, "a.py", LineSpan(4, 5))
    assert (context.name, context.span) == ("f", (2, 6))


BROKEN = {
    "unclosed bracket": (
        "def f(x):\n    return (x + 1\n\ndef g(y):\n    return y\n",
        {1: ("f", 1, 3), 2: ("f", 1, 3), 4: ("g", 4, 6), 5: ("g", 4, 6)},
    ),
    "missing colon of a function": (
        "class A:\n    def f(self, x)\n        return x\n\n    @property\n    def g(self):\n"
        "        return 1\n",
        {2: ("A.f", 2, 4), 3: ("A.f", 2, 4), 5: ("A.g", 5, 8), 7: ("A.g", 5, 8)},
    ),
    "missing colon of an if": (
        "def f(\n    x,\n):\n    if x\n        return 1\n\n    return 2\n\nX = 1\n",
        {4: ("f", 1, 8), 7: ("f", 1, 8), 9: ("", 6, 10)},
    ),
    "unclosed string": (
        "def f():\n    return 'a\n\nasync def g():\n    return 1\n",
        {2: ("f", 1, 3), 5: ("g", 4, 6)},
    ),
    "bad indentation": (
        "def f():\n    x = 1\n      y = 2\n    return x\n\ndef g():\n    return 1\n",
        {3: ("f", 1, 5), 7: ("g", 6, 8)},
    ),
    "a broken neighbour": (
        "def f():\n    return 1 +\n\n"
        "def g():\n    s = '''\ndef not_a_function():\n'''\n    return s\n",
        {2: ("f", 1, 3), 6: ("g", 4, 9), 8: ("g", 4, 9)},
    ),
}


@pytest.mark.parametrize("what", BROKEN)
def test_functions_in_files_with_syntax_errors(what: str) -> None:
    text, places = BROKEN[what]
    source = SourceText.from_text(text)
    for line, (name, start, end) in places.items():
        context = enclosing(source, "a.py", LineSpan(line, line))
        assert (context.name, context.span) == (name, (start, end)), line


def test_enclosing_a_diagnostic() -> None:
    source = sources("shop.py")
    context = enclosing(source, "shop.py", LineSpan(26, 27), message="undefined\nname")
    assert (context.name, context.span, context.message) == (
        "Basket.total",
        (23, 28),
        "undefined name",
    )
    marks = context.suspiciousness
    assert marks[26] == 1.0
    assert set(marks) == set(range(23, 28))
    assert all(0 < marks[line] < 0.5 for line in marks if line != 26)


def test_enclosing_a_selection_over_several_functions_takes_the_first() -> None:
    context = enclosing(sources("other.py"), "other.py", LineSpan(2, 7))
    assert (context.name, context.span) == ("f", (1, 3))


@pytest.mark.parametrize("span", [(1, 1), (0, 0), (5, 3), (99, 120)])
@pytest.mark.parametrize("text", ["", "\n", "x", "def f(): pass"])
def test_enclosing_takes_any_span_and_text(text: str, span: tuple[int, int]) -> None:
    context = enclosing(SourceText.from_text(text), "a.py", LineSpan(*span))
    assert "\n".join(context.lines) == text.rstrip("\n")
    assert all(line in context.span for line in context.suspiciousness)


def test_deep_nesting_is_no_problem() -> None:
    text = "def f():\n    return " + "(" * 5000 + ")" * 5000 + "\n"
    context = enclosing(SourceText.from_text(text), "a.py", LineSpan(2, 3))
    assert context.span == (1, 3)


def test_grammars_are_not_loaded_before_they_are_needed() -> None:
    # A starting language server imports this package, and must not wait for them.
    code = "import repairlsp.context, sys; print([m for m in sys.modules if 'tree_sitter' in m])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
