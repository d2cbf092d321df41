"""Where the test functions of a Python file are, and what pytest calls them.

By the names that pytest (`python_files`, `python_functions`) and unittest look for by default, and
by indentation: an editor asks for lenses while the text does not even parse.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

_FILE = re.compile(r"test_.*\.py|.*_test\.py", re.DOTALL)
_HEADER = re.compile(r"([ \t]*)(?:async[ \t]+)?(def|class)[ \t]+(\w+)")


class FoundTest(NamedTuple):
    """`name` as in pytest's ids, `TestAges::test_adult`; `line` is its `def`, from 0."""

    name: str
    line: int


def is_test_file(path: str) -> bool:
    """Whether pytest would look for tests in a file of this name.

    >>> is_test_file("tests/test_ages.py"), is_test_file("tests/ages.py")
    (True, False)
    """
    return _FILE.fullmatch(PurePosixPath(path).name) is not None


def find_tests(lines: Sequence[str]) -> Iterator[FoundTest]:
    """The test functions of a text, in its order: of the module, and of its classes."""
    around: list[tuple[int, str, str]] = []
    for number, line in enumerate(lines):
        found = _HEADER.match(line)
        if found is None:
            continue
        indent, kind, name = len(found[1].expandtabs(8)), found[2], found[3]
        while around and around[-1][0] >= indent:
            around.pop()
        in_function = any(kind == "def" for _, kind, _ in around)
        if kind == "def" and name.startswith("test") and not in_function:
            yield FoundTest("::".join([*(name for *_, name in around), name]), number)
        around.append((indent, kind, name))


def function_of(test: str) -> str:
    """The function of a test's id, without its file and its parameters.

    >>> function_of("tests/test_ages.py::TestAges::test_adult[18-True]")
    'TestAges::test_adult'
    """
    return test.partition("::")[2].partition("[")[0]
