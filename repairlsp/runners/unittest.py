"""`python -m unittest ...`: pytest runs what is made with unittest, given the same places."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NoReturn

from repairlsp.errors import UsageError
from repairlsp.runners import dotted
from repairlsp.runners.words import module_run

# unittest runs methods of TestCase alone; pytest would take functions and other classes as well.
ONLY_TEST_CASES: Final = ("-o", "python_classes=", "-o", "python_functions=")


def translate(words: Sequence[str], project: Path) -> tuple[str, ...] | None:
    """The pytest command for `python -m unittest` and what follows; None for any other command.

    Raises UsageError for what pytest has no like of.
    """
    run = module_run(words, "unittest")
    if run is None:
        return None
    asked = _arguments(run.arguments)
    if asked.verb == "discover":
        start, pattern = asked.start or ".", asked.pattern
        places = [start]
    else:
        pattern = "test*.py"
        places = [place_of(name, project) for name in asked.tests] or ["."]
    return (
        *(run.python, "-m", "pytest", "-q", "-o", f"python_files={pattern}", *ONLY_TEST_CASES),
        *_keywords(asked.k or ()),
        *(place for place in places if place != "."),
    )


def place_of(name: str, project: Path) -> str:
    """A test, a class, a module or a package by its dotted name or path, as pytest takes it."""
    if name.endswith(".py") or "/" in name:
        return name
    found = dotted.find(name, lambda path: (project / path).is_file())
    if found is not None:
        return "::".join([found.path, *found.inside])
    folder = name.replace(".", "/")
    if name != "." and not (project / folder).is_dir():
        raise UsageError(
            f"there is no test {name} in {project}", "give the folder that it is in with --project"
        )
    return folder if name != "." else "."


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(
            f"the test command cannot be run with pytest: {message}",
            "give a command that runs pytest after --, for example -- pytest -q",
        )


def _arguments(words: Sequence[str]) -> argparse.Namespace:
    """unittest's own arguments (its main.py, _initArgParsers): how it reports is not asked for."""
    parser = _Parser(add_help=False)
    for flags in (("-v", "--verbose"), ("-q", "--quiet"), ("-f", "--failfast"), ("-c", "--catch")):
        parser.add_argument(*flags, action="store_true")
    parser.add_argument("-b", "--buffer", action="store_true")
    parser.add_argument("--locals", action="store_true")
    parser.add_argument("--durations")
    parser.add_argument("-k", action="append")
    if words[:1] == ["discover"]:
        parser.add_argument("verb")
        parser.add_argument("-s", "--start-directory", dest="start")
        parser.add_argument("-p", "--pattern", default="test*.py")
        parser.add_argument("-t", "--top-level-directory", dest="top")
        parser.add_argument("start", nargs="?", default=argparse.SUPPRESS)
        parser.add_argument("pattern", nargs="?", default=argparse.SUPPRESS)
        parser.add_argument("top", nargs="?", default=argparse.SUPPRESS)
    else:
        parser.set_defaults(verb="")
        parser.add_argument("tests", nargs="*")
    return parser.parse_args(list(words))


def _keywords(patterns: Sequence[str]) -> tuple[str, ...]:
    """`-k`: unittest takes any of several substrings of a name."""
    names = [pattern.strip("*") for pattern in patterns]
    for name in names:
        if not name.isidentifier():
            raise UsageError(f"pytest has no like of -k {name}", "name the tests, or leave it out")
    return ("-k", " or ".join(names)) if names else ()
