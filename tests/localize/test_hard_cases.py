"""Bugs where a traceback or coverage alone does not lead: each a real project with a real run."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from repairlsp.baseline import run_baseline
from repairlsp.context import contexts
from repairlsp.localize import localize
from repairlsp.patches import is_test_path
from repairlsp.sandbox import NEVER
from repairlsp.types import FaultLocation, RepairRequest
from repairlsp.validate import Workspace

PYTEST = ("PYTEST_DISABLE_PLUGIN_AUTOLOAD=1", "pytest", "-q")


class Found(NamedTuple):
    """The names of the functions to search ("" outside functions), and all locations."""

    functions: list[str]
    locations: tuple[FaultLocation, ...]

    def place(self, path: str, line: int) -> int | None:
        """Where a line is among the locations, from 1."""
        places = [(each.path, each.line) for each in self.locations]
        return places.index((path, line)) + 1 if (path, line) in places else None


def search(folder: Path, files: Mapping[str, str], old: str, new: str) -> tuple[Found, str, int]:
    """What a run of the project leads to when one text of it is replaced, and the faulty line."""
    assert sum(text.count(old) for text in files.values()) == 1, old
    path = next(name for name, text in files.items() if old in text)
    line = files[path][: files[path].index(old)].count("\n") + 1
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text.replace(old, new))
    request = RepairRequest(folder, PYTEST)
    with Workspace(folder) as workspace:
        baseline = run_baseline(request, workspace, NEVER)
        assert baseline.run.status == "failed", baseline.run.message
        locations = localize(
            baseline.run,
            baseline.coverage,
            workspace.source,
            is_test=lambda path: path in baseline.test_files or is_test_path(path),
        )
        functions = [each.name for each in contexts(locations, workspace.source, limit=9)]
    return Found(functions, locations), path, line


SHOP = {
    "shop/__init__.py": "",
    "shop/rates.py": """\
from enum import Enum


def percent(number):
    return number / 100


class Size(Enum):
    SMALL = 10
    LARGE = 30


class Rates:
    base = 4
    express = base * 3

    def of(self, kind):
        return self.express if kind == "express" else self.base


VAT = percent(7)
LIMITS = {
    "letter": 20,
    "parcel": 2000,
}
""",
    "shop/orders.py": """\
import functools

from shop import rates
from shop.rates import LIMITS, Rates, Size


def logged(function):
    @functools.wraps(function)
    def wrapper(*args):
        result = function(*args)
        return result

    return wrapper


def shipping(kind):
    return Rates().of(kind)


@logged
def with_tax(net):
    return net + net * rates.VAT


@logged
def rounded(number):
    return int(number + 0.5)


def fits(kind, weight):
    return weight <= LIMITS[kind]


def boxes(items):
    box = []
    for item in items:
        box.append(item)
        if len(box) == 2:
            yield box
            box = []
    if box:
        yield box


def volume(size):
    return size.value * 2


def large():
    return volume(Size.LARGE)
""",
    "tests/test_orders.py": """\
from shop.orders import boxes, fits, large, rounded, shipping, with_tax


def test_shipping():
    assert shipping("slow") == 4


def test_express():
    assert shipping("express") == 12


def test_with_tax():
    assert with_tax(100) == 107


def test_rounded():
    assert rounded(1.5) == 2


def test_fits():
    assert fits("letter", 20)
    assert not fits("letter", 21)


def test_parcel():
    assert fits("parcel", 2000)
    assert not fits("parcel", 2001)


def test_boxes():
    assert list(boxes("abcd")) == [["a", "b"], ["c", "d"]]


def test_odd_boxes():
    assert list(boxes("abc")) == [["a", "b"], ["c"]]


def test_large():
    assert large() == 60
""",
}


@pytest.mark.parametrize(
    ("old", "new", "first"),
    [
        ("express = base * 3", "express = base * 2", 4),  # a class body
        ("    base = 4", "    base = 5", 5),  # what a constant is made of
        ('"parcel": 2000', '"parcel": 200', 6),  # one line of a table
        ("LARGE = 30", "LARGE = 20", 4),  # an enumeration
        ("VAT = percent(7)", "VAT = percent(8)", 4),  # in another module
        ("number / 100", "number / 10", 8),  # a function that ran only on import
    ],
)
def test_what_runs_on_import(tmp_path: Path, old: str, new: str, first: int) -> None:
    found, path, line = search(tmp_path, SHOP, old, new)
    place = found.place(path, line)
    assert place is not None
    assert place <= first, found.locations[:first]


@pytest.mark.parametrize(
    ("old", "new", "function"),
    [
        ("number + 0.5", "number - 0.5", "rounded"),  # behind a decorator
        ("        return result\n", "        return None\n", "logged"),  # the decorator
        ("if box:", "if not box:", "boxes"),  # a generator
        ("            box = []", "            pass", "boxes"),
    ],
)
def test_calls_that_take_a_detour(tmp_path: Path, old: str, new: str, function: str) -> None:
    found, path, line = search(tmp_path, SHOP, old, new)
    assert found.functions[0] == function
    assert found.place(path, line)


CLI = {
    "tool/__init__.py": "",
    "tool/__main__.py": """\
import sys

from tool.words import count, longest


def main():
    command = {"count": count, "longest": longest}[sys.argv[1]]
    print(command(sys.argv[2:]))


main()
""",
    "tool/words.py": """\
def count(words):
    return len(words)


def longest(words):
    best = ""
    for word in words:
        if len(word) > len(best):
            best = word
    return best
""",
    "tests/test_tool.py": """\
import subprocess
import sys


def run(*words):
    command = [sys.executable, "-m", "tool", *words]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_count():
    assert run("count", "a", "b") == "2"


def test_longest():
    assert run("longest", "a", "bb") == "bb"
""",
}


def test_code_that_only_runs_in_another_process(tmp_path: Path) -> None:
    found, path, line = search(tmp_path, CLI, "len(word) > len(best)", "len(word) < len(best)")
    assert found.functions[0] == "longest"
    place = found.place(path, line)
    assert place is not None
    assert place <= 3


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("express = base * 3", 'express = base * "3" * 2.0'),  # while a class is made
        ("VAT = percent(7)", "VAT = percnt(7)"),
        ("number / 100", "number / 'x'"),  # in a function that the module calls
    ],
)
def test_failing_on_import(tmp_path: Path, old: str, new: str) -> None:
    found, path, line = search(tmp_path, SHOP, old, new)
    assert found.place(path, line) == 1


def test_a_name_that_cannot_be_imported(tmp_path: Path) -> None:
    old, new = "from shop.rates import LIMITS,", "from shop.rates import LIMIT,"
    found, path, line = search(tmp_path, SHOP, old, new)
    assert found.place("shop/rates.py", 1) == 1  # it may be missing there
    assert found.place(path, line) == 2


@pytest.mark.parametrize(
    ("source", "tests"),
    [
        ("src/shop", "tests"),  # the src layout
        ("shop", "shop/tests"),  # tests in the package's folder
        ("shop", "shop"),  # beside the modules
    ],
)
def test_layouts(tmp_path: Path, source: str, tests: str) -> None:
    files = {
        name.replace("shop/", f"{source}/", 1).replace("tests/", f"{tests}/", 1): text
        for name, text in SHOP.items()
    }
    found, path, _ = search(tmp_path, files, "len(box) == 2", "len(box) == 3")
    assert path == f"{source}/orders.py"
    assert found.functions[0] == "boxes"
    assert not any("test" in each.path for each in found.locations)
