"""The words of a test command."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

_PYTHON = re.compile(r"python(\d+(\.\d+)?)?(\.exe)?")
_KEPT_FLAGS = frozenset({"--doctest-modules"})
_KEPT_WITH_VALUE = ("-c", "-p", "-o", "-k", "-m", "--ignore", "--import-mode", "--deselect", "--ds")
_DROPPED_WITH_VALUE = frozenset(
    {"-n", "--numprocesses", "--dist", "--cov", "--cov-report", "--cov-config", "--junitxml"}
    | {"--junit-xml", "--maxfail", "--durations", "-W", "--tb", "--timeout", "--html", "--color"}
    | {"--log-level", "--basetemp", "-r"}
)


class ModuleRun(NamedTuple):
    """`PYTHON -m MODULE ARGUMENTS`."""

    python: str
    arguments: list[str]


def is_python(word: str) -> bool:
    """Whether a program is a Python interpreter, by its name."""
    return _PYTHON.fullmatch(Path(word).name) is not None


def module_run(words: Sequence[str], module: str) -> ModuleRun | None:
    """The words as a run of this module, also below coverage.py; None where they are none."""
    words = list(words)
    if words[:1] == ["coverage"]:
        words = ["python", "-m", *words]
    if words[1:4] == ["-m", "coverage", "run"]:
        while words[4:5] and words[4] != "-m":  # its own options
            del words[4]
        del words[1:4]
    if len(words) > 2 and is_python(words[0]) and words[1:3] == ["-m", module]:
        return ModuleRun(words[0], words[3:])
    return None


def essential(words: Sequence[str], project: Path) -> tuple[str, ...] | None:
    """A pytest command with what decides on the tests that it runs: how it reports, measures or
    spreads them is left out, since that may need plugins, and places that are not there. None for a
    command that is not pytest's.
    """
    run = module_run(words, "pytest")
    if run is None and words and words[0] in ("pytest", "py.test"):
        run = ModuleRun("", list(words[1:]))
    if run is None:
        return None
    kept: list[str] = []
    left = run.arguments
    while left:
        word = left.pop(0)
        value = left[:1] if left and not left[0].startswith("-") else []
        if word in _KEPT_WITH_VALUE:
            kept += [word, *value]
            del left[: len(value)]
        elif word in _DROPPED_WITH_VALUE:
            del left[: len(value)]
        elif word in _KEPT_FLAGS or word.partition("=")[0] in _KEPT_WITH_VALUE:
            kept.append(word)
        else:  # a place, or what is of no interest
            kept += [word] if (project / word.partition("::")[0]).exists() else []
    return (*((run.python, "-m") if run.python else ()), "pytest", "-q", *kept)
