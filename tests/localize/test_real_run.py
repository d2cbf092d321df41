"""Localization on what real pytest runs report."""

from pathlib import Path

import pytest

from repairlsp.context import contexts
from repairlsp.localize import localize
from repairlsp.patches import is_test_path
from repairlsp.sandbox import choose
from repairlsp.types import FaultLocation
from repairlsp.validate import Workspace, resolve_command, run_tests

FILES = {
    "pkg/__init__.py": "from pkg.text import slug, title\n",
    "pkg/words.py": """\
SEPARATOR = "-"


def split(text):
    words = text.split()
    return [word for word in words if word]


def join(words):
    return SEPARATOR.join(words)
""",
    "pkg/text.py": """\
from pkg.words import join, split


def slug(text):
    words = split(text)
    return join(word.lower() for word in words)


def title(text):
    words = split(text)
    return " ".join(word.capitalize() for word in words)


def first(text):
    return split(text)[0]
""",
    "tests/test_text.py": """\
import pytest
from pkg import slug, title
from pkg.text import first
from pkg.words import split


@pytest.mark.parametrize("text", ["a b", "A  B"])
def test_slug(text):
    assert slug(text) == "a-b"


def test_title():
    assert title("a b") == "A B"


def test_first():
    assert first("x y") == "x"


class TestSplit:
    def test_split(self):
        assert split(" a ") == ["a"]
""",
}


def located(folder: Path, path: str, old: str, new: str) -> tuple[list[str], list[FaultLocation]]:
    """The functions and locations that a run of the project, broken at one place, leads to."""
    for name, text in FILES.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.replace(old, new) if name == path else text)
    assert old in FILES[path]
    sandbox = choose("none")  # our own tests: nothing to confine
    with Workspace(folder) as workspace:
        command = resolve_command(workspace, ["pytest", "-q", "-p", "no:asyncio"], sandbox)
        report = run_tests(
            workspace.copy(), command, sandbox, seconds=60, memory_bytes=2 << 30, coverage=True
        )
        assert report.run.failing
        locations = localize(report.run, report.coverage, workspace.source, is_test=is_test_path)
        found = contexts(locations, workspace.source, limit=9)
        return [context.name for context in found], list(locations)


@pytest.mark.parametrize(
    ("path", "old", "new", "function"),
    [
        ("pkg/text.py", "word.lower()", "word.upper()", "slug"),  # an assertion fails in the test
        ("pkg/text.py", "word.capitalize()", "word.no_such()", "title"),  # raises in the source
        ("pkg/text.py", "split(text)[0]", "split(text)[5]", "first"),
        ("pkg/words.py", "if word]", "if not word]", "split"),  # all tests of it fail
    ],
)
def test_the_faulty_function_comes_first(
    tmp_path: Path, path: str, old: str, new: str, function: str
) -> None:
    names, _ = located(tmp_path, path, old, new)
    assert names[0] == function


def test_a_faulty_constant_is_found(tmp_path: Path) -> None:
    _, locations = located(tmp_path, "pkg/words.py", 'SEPARATOR = "-"', 'SEPARATOR = "_"')
    assert ("pkg/words.py", 1) in {(each.path, each.line) for each in locations}


def test_a_syntax_error_is_the_first_location(tmp_path: Path) -> None:
    names, locations = located(tmp_path, "pkg/text.py", "def title(text):", "def title(text)")
    assert (locations[0].path, locations[0].line) == ("pkg/text.py", 9)
    assert names[0] == "title"
