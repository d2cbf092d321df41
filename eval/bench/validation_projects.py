"""Three small projects for the benchmark of validation, each with a bug in one function.

tiny: one module, 5 tests. heavy: the same, and it imports numpy. many: 300 tests in 20 files, for
20 modules; the bug is in one of them.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path

from repairlsp.source import SourceText
from repairlsp.types import LineSpan, RepairContext

FUNCTIONS = """

def cost(amounts, weight, limit=10):
    total = weight
    for position, amount in enumerate(amounts):
        if amount < 0:
            continue
        if position >= limit:
            break
        total += amount * (position + 1)
    return total - weight % 7


def split(text, width):
    words, line, lines = text.split(), "", []
    for word in words:
        if line and len(line) + len(word) + 1 > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return lines + [line] if line else lines
"""

TESTS = """

def test_cost_of_nothing():
    assert cost([], {n}) == {n} - {n} % 7


def test_cost_counts_positions():
    assert cost([1, 2, 3], 7 * {n}) == 7 * {n} + 14


def test_cost_leaves_out_what_is_negative():
    assert cost([5, -1, 2], 0) == 11


def test_cost_stops_at_its_limit():
    assert cost([1] * 20, 0, limit=3) == 6


def test_split():
    assert split("a bb ccc dddd", 5) == ["a bb", "ccc", "dddd"]
"""

MORE_TESTS = """

@pytest.mark.parametrize("width", range(1, 11))
def test_split_keeps_all_words(width):
    assert " ".join(split("one two three", width)).split() == ["one", "two", "three"]
"""

BUG = ("amount * (position + 1)", "amount * position")
"""What the bug makes of one expression; three of the five tests fail then."""

CONFIGURATION = """\
[tool.pytest.ini_options]
pythonpath = ["."]

[tool.mutmut]
source_paths = ["{source}"]
also_copy = ["pyproject.toml"]
pytest_add_cli_args_test_selection = ["tests/"]
"""


@dataclass(frozen=True)
class BenchProject:
    """`clean` passes its tests, `buggy` is a copy with the bug in the function `cost` of `path`."""

    name: str
    about: str
    clean: Path
    buggy: Path
    path: str


def make_projects(folder: Path) -> list[BenchProject]:
    """Write the three projects, each clean and buggy, into new folders of `folder`."""
    made = []
    for name, about in (
        ("tiny", "1 module, 5 tests"),
        ("heavy", "1 module that imports numpy, 5 tests"),
        ("many", "20 modules, 300 tests in 20 files"),
    ):
        path = "parts/part7.py" if name == "many" else "module.py"
        for kind in ("clean", "buggy"):
            project = folder / name / kind
            _write(name, project)
            if kind == "buggy":
                text = (project / path).read_text()
                assert BUG[0] in text
                (project / path).write_text(text.replace(*BUG))
        made.append(
            BenchProject(name, about, folder / name / "clean", folder / name / "buggy", path)
        )
    return made


def _write(name: str, project: Path) -> None:
    (project / "tests").mkdir(parents=True)
    if name == "many":
        (project / "parts").mkdir()
        (project / "parts" / "__init__.py").touch()
        for n in range(20):
            (project / "parts" / f"part{n}.py").write_text(f'"""Part {n}."""\n{FUNCTIONS}')
            head = f"import pytest\n\nfrom parts.part{n} import cost, split\n"
            body = TESTS.format(n=n + 1) + MORE_TESTS
            (project / "tests" / f"test_part{n}.py").write_text(head + body)
        source = "parts"
    else:
        head = "import numpy\n\nLIMITS = numpy.arange(10)\n" if name == "heavy" else '"""One."""\n'
        (project / "module.py").write_text(head + FUNCTIONS)
        tests = "from module import cost, split\n" + TESTS.format(n=3)
        (project / "tests" / "test_module.py").write_text(tests)
        source = "module.py"
    (project / "pyproject.toml").write_text(CONFIGURATION.format(source=source))


def function_context(source: SourceText, path: str, name: str) -> RepairContext:
    """The function of that name as generators see it, all of its lines equally suspicious."""
    node = next(
        node
        for node in ast.walk(ast.parse(source.text))
        if isinstance(node, ast.FunctionDef) and node.name == name
    )
    span = LineSpan(node.lineno, (node.end_lineno or node.lineno) + 1)
    lines = source.lines[span.start - 1 : span.end - 1]
    suspicious = dict.fromkeys(range(node.body[0].lineno, span.end), 0.5)
    return RepairContext(path, name, span, lines, suspicious)
