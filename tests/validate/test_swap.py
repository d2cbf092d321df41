"""Code that is swapped into loaded modules: the same as loading the patched file, or refused."""

from __future__ import annotations

import importlib.util
import inspect
import itertools
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import ModuleType

import pytest

from repairlsp.source import SourceText
from repairlsp.validate.interpreter import IN_PYTEST
from repairlsp.validate.region import changed_region, imports_of
from tests.validate.swapped_module import MODULE

sys.path.append(str(IN_PYTEST))
from repairlsp_swap import LoadedProject, Refused, Region  # type: ignore[import-not-found]

numbers = itertools.count()


@pytest.fixture
def load(tmp_path: Path) -> Iterator[object]:
    """Loads a text as a new module of the project; they are gone afterwards."""
    loaded = []

    def load_text(text: str, folder: str = "project") -> ModuleType:
        name = f"swapped_{next(numbers)}"
        path = tmp_path / folder / "module.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        spec = importlib.util.spec_from_file_location(name, path)
        assert spec is not None and spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        loaded.append(name)
        spec.loader.exec_module(module)
        return module

    yield load_text
    for name in loaded:
        del sys.modules[name]


def region_of(old: str, new: str) -> Region:
    before, after = SourceText.from_text(old), SourceText.from_text(new)
    region = changed_region(before, after)
    return Region(
        "module.py", region.start, list(region.before), list(region.after), *imports_of(before)
    )


def patched(module_text: str, old: str, new: str) -> str:
    assert module_text.count(old) == 1, old
    return module_text.replace(old, new)


def swap_in(load, text: str, old: str, new: str, ran: list[int] | None = None) -> ModuleType:
    """The module with the edit swapped in. Raises Refused."""
    module = load(text)
    root = str(Path(module.__file__).parent)
    after = patched(text, old, new)
    Path(module.__file__).write_text(after)
    project = LoadedProject(root, {"module.py": ran} if ran else {})
    project.swap([region_of(text, after)]).apply()
    return module


SWAPPED = {
    "a function": ("return x + step", "return x - step", "plain(5)"),
    "with its default": ("return x + step", "return x * step", "plain(5, 3)"),
    "a constant of another type": ("return x + step", "return x + step + 1.0", "plain(5)"),
    "true and one": ("return 0\n", "return False\n", "Shape.zero()"),
    "a decorated function": ("return x * 2\n\n\nclass", "return x * 5\n\n\nclass", "decorated(3)"),
    "a decorator's inner function": (
        "return function(*arguments) + 10",
        "return function(*arguments) + 20",
        "decorated(3)",
    ),
    "a method": ("return self.width * self.sides", "return self.width + self.sides",
                 "Square(3).area()"),
    "an attribute that is new": (
        "        self.width = width",
        "        self.width = width\n        self.height = width",
        "Shape(3).height",
    ),
    "a property": ("return self.width * 2", "return self.width * 9", "Shape(3).double"),
    "a static method": ("return 0\n", "return 7\n", "Shape.zero()"),
    "a class method": ("return cls(1)", "return cls(2)", "Square.unit().area()"),
    "a method of a class in a class": ('return "deep"', 'return "deeper"', "Shape.Inner().deep()"),
    "a method that calls super": ("super().area() + 0", "super().area() + 1", "Square(3).area()"),
    "a method of a data class": ("Point(self.x + 1)", "Point(self.x - 1)", "Point(3).moved().x"),
    "a generator": ("yield i", "yield i + 1", "list(counted(3))"),
    "a context manager": ('yield "open"', 'yield "closed"', "managed().__enter__()"),
    "a coroutine": ("async def later(x):\n    return x", "async def later(x):\n    return -x",
                    "later(3).send(None)"),
    "a nested function": ("return -value", "return value", "nested([2, 1, 3])"),
    "a comprehension": ("value + 1 for", "value + 2 for", "gathered([0, 1])"),
    "a generator expression": ("sum(value for", "sum(-value for", "lazily([1, 2])"),
    "a call of a module's function": ("(2020, 1, 2).day", "(2020, 1, 3).day", "day()"),
    "one of two lambdas": ("lambda x: x * 3", "lambda x: x * 30", "double(1), triple(1)"),
    "a cached function": ("return x * 7", "return x * 8", "cached(3)"),
    "new lines above others": (
        "    return x + step\n",
        "    y = x\n    return y + step\n",
        "last()",
    ),
    "fewer lines above others": (
        '    for i in range(n):\n        yield i\n', "    yield from range(n)\n", "last()"),
    "a new free variable, new in the outer one too": (
        "    def key(value):\n        return -value\n",
        "    sign = 1\n    def key(value):\n        return sign * value\n",
        "nested([2, 1, 3])",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SWAPPED)
def test_it_is_the_same_as_loading_the_patched_file(load, name):
    old, new, expression = SWAPPED[name]
    module = swap_in(load, MODULE, old, new)
    fresh = load(patched(MODULE, old, new), "fresh")
    results = []
    for each in (module, fresh):
        try:
            results.append(eval(expression, vars(each)))
        except StopIteration as stop:
            results.append(stop.value)
    assert results[0] == results[1]
    assert type(results[0]) is type(results[1])
    original = load(MODULE, "original")
    try:
        before = eval(expression, vars(original))
    except (StopIteration, AttributeError):
        return
    assert results[0] != before or type(results[0]) is not type(before) or name == "true and one"


REFUSED = {
    "a constant of the module": ("RATE = 3", "RATE = 4", "module is loaded"),
    "a default": ("step: int = 1", "step: int = 2", "module is loaded"),
    "an annotation": ("-> int:", "-> float:", "module is loaded"),
    "a decorator": ("@traced\n", "", "module is loaded"),
    "a parameter": ("def decorated(x):\n    return x", "def decorated(y):\n    return y",
                    "signature"),
    "a class attribute": ("sides = 4", "sides = 5", "module is loaded"),
    "a docstring": ('"""Add."""', '"""Sum."""', "docstring"),
    "a class's docstring": ('"""A shape."""', '"""Shapes."""', "module is loaded"),
    "a function that becomes a generator": ("    return x + step", "    yield x + step",
                                            "signature"),
    "a new function": ("RATE = 3\n", "RATE = 3\n\n\ndef more():\n    return 1\n",
                       "module is loaded"),
    "an import": ("import datetime\n", "import datetime\nimport os\n", "module is loaded"),
    "a use of super that is new": ("return self.width * 2", "return super().x", "module is loaded"),
    "a variable of the outer function": (
        "return function(*arguments) + 10", "return wrapper(*arguments) + 10",
        "has made functions"),
    "a syntax error": ("return x + step", "return x +", "would not compile"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_seen_when_the_module_is_loaded_is_refused(load, name):
    old, new, why = REFUSED[name]
    with pytest.raises(Refused, match=why):
        swap_in(load, MODULE, old, new)


def line_of(text: str) -> int:
    return MODULE[: MODULE.index(text)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "ran"),
    [
        ("    return x + 1\n\n\nTWO", "    return x + 2\n\n\nTWO", "    return x + 1\n\n\nTWO"),
        ("return x + 5", "return x + 6", "def one_line"),
        ("lambda x: x * 3", "lambda x: x * 4", "double, triple"),
        ("(*arguments) + 10", "(*arguments) + 30", "return function(*arguments)"),
    ],
)
def test_a_function_that_ran_before_the_tests_is_refused(load, old, new, ran):
    with pytest.raises(Refused, match="ran before the tests"):
        swap_in(load, MODULE, old, new, ran=[line_of(ran)])


def test_lines_of_the_def_are_no_evidence_that_a_function_ran(load):
    ran = [line_of("def plain"), line_of("def traced"), line_of("def wrapper")]
    module = swap_in(load, MODULE, "return x + step", "return x - step", ran=ran)
    assert module.plain(5) == 4


def test_a_generator_that_has_been_started_is_refused(load):
    text = MODULE + "\n\nwaiting = counted(3)\n"
    with pytest.raises(Refused, match="started before the tests"):
        swap_in(load, text, "yield i", "yield -i")


def test_a_function_that_is_gone_is_refused(load):
    text = MODULE + "\n\ndel plain\n"
    with pytest.raises(Refused, match="no loaded function is plain"):
        swap_in(load, text, "return x + step", "return x - step")


def test_code_that_is_not_what_the_file_says_is_refused(load):
    text = MODULE + "\n\nplain.__code__ = plain.__code__.replace(co_consts=('Add.', 9))\n"
    with pytest.raises(Refused, match="no loaded function is plain"):
        swap_in(load, text, "return x + step", "return x - step")


def test_lambdas_that_look_the_same_are_told_apart_or_refused(load):
    """Python 3.12 tells them apart by their columns."""
    with suppress(Refused):
        module = swap_in(load, MODULE, "x + 1, lambda x: x + 1", "x + 1, lambda x: x + 2")
        assert [function(1) for function in module.same] == [2, 3]


def test_every_copy_of_a_function_gets_the_new_code(load):
    text = MODULE + "\n\nimport types\nagain = types.FunctionType(plain.__code__, globals())\n"
    module = swap_in(load, text, "return x + step", "return x - step")
    assert (module.plain(5), module.again(5, 2)) == (4, 3)


def test_a_comment_changes_nothing_but_lines(load):
    module = swap_in(load, MODULE, "RATE = 3\n", "# three\nRATE = 3\n")
    assert module.last() == load(patched(MODULE, "RATE = 3\n", "# three\nRATE = 3\n"), "f").last()


def test_sources_are_found_where_they_are_now(load):
    module = swap_in(load, MODULE, "    return x + step\n", "    y = x\n    return y + step\n")
    assert inspect.getsource(module.inspected).startswith("def inspected():\n    import inspect\n")
    assert inspect.getsource(module.plain).endswith("    return y + step\n")


def test_a_file_that_is_not_loaded_needs_no_swap(tmp_path):
    text = "def f():\n    return 1\n"
    project = LoadedProject(str(tmp_path), {})
    project.swap([region_of(text, text.replace("1", "2"))]).apply()
