"""A project's own way to run its tests, as the pytest command that runs the same ones.

Our plugins live in pytest: it tells test by test what happened, measures coverage, and its session
can be forked. unittest's and Django's tests run in it as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from repairlsp.errors import UsageError
from repairlsp.runners import django, nox, tox, unittest
from repairlsp.runners.words import essential

USUAL: Final = ("pytest", "-q")

_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*=")
_CONFIGURED = (
    ("pytest.ini", ""),
    (".pytest.ini", ""),
    ("pytest.toml", ""),
    (".pytest.toml", ""),
    ("conftest.py", ""),
    ("tests/conftest.py", ""),
    ("pyproject.toml", "[tool.pytest"),
    ("setup.cfg", "[tool:pytest]"),
    ("tox.ini", "[pytest]"),
)
"""What tells pytest how this project is tested, and what has to stand in there."""


def as_pytest(words: Sequence[str], project: Path) -> tuple[str, ...]:
    """The command, with pytest in place of unittest, Django's runner, tox or nox.

    What is none of these is given back as it is. The result may begin with `NAME=value`. Raises
    UsageError where the tests that a command stands for cannot be told.
    """
    for translate in (unittest.translate, django.translate):
        if (translated := translate(words, project)) is not None:
            return translated
    for runner in (tox, nox):
        if (name := runner.named(words)) is not None:
            if (found := _first_of_tests(runner.commands(project, name), project)) is not None:
                return found
            raise UsageError(
                f"nothing that {' '.join(words)} runs is known to run tests",
                "give the command that does after --, for example -- pytest -q",
            )
    return tuple(words)


def usual_command(project: Path) -> tuple[str, ...]:
    """The command for a project that does not say how repairlsp is to run its tests: `pytest -q`,
    unless pytest is not configured there and tox, nox or manage.py is. Never raises."""
    if any(_holds(project / name, text) for name, text in _CONFIGURED):
        return USUAL
    try:
        for runner in (tox, nox):
            if (found := _first_of_tests(runner.commands(project), project)) is not None:
                return found
        if django.settings_module(project / "manage.py") is not None:
            return as_pytest(("python", "manage.py", "test"), project)
    except UsageError:
        pass
    return USUAL


def _first_of_tests(commands: Iterable[tuple[str, ...]], project: Path) -> tuple[str, ...] | None:
    for words in commands:
        at = next((i for i, word in enumerate(words) if not _ASSIGNMENT.match(word)), len(words))
        variables, rest = words[:at], words[at:]
        for translate in (unittest.translate, django.translate):
            if (translated := translate(rest, project)) is not None:
                return (*variables, *translated)
        if (kept := essential(rest, project)) is not None:
            return (*variables, *kept)
    return None


def _holds(file: Path, text: str) -> bool:
    try:
        return text in file.read_text("utf-8", "replace")
    except OSError:
        return False
