"""The user's test command, made ready to run in a working copy."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from repairlsp.errors import BrokenEnvironmentError, UsageError
from repairlsp.runners import as_pytest
from repairlsp.sandbox import NEVER, Sandbox, allowed_environment
from repairlsp.types import CancelToken
from repairlsp.validate.interpreter import Interpreter, probe, project_interpreter
from repairlsp.validate.project_copy import ProjectCopy
from repairlsp.validate.workspace import Workspace

_ASSIGNMENT = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)=(.*)", re.DOTALL)
_PYTHON = re.compile(r"python(\d+(\.\d+)?)?(\.exe)?")
# They install or look up an environment, for which there is no network in a sandbox; the
# environment that they would use is the one that we find.
_RUNNERS = {("uv", "run"), ("poetry", "run"), ("pdm", "run"), ("pipenv", "run"), ("hatch", "run")}
_OLDEST_PYTEST = 7


@dataclass(frozen=True, slots=True)
class TestCommand:
    """A resolved test command. `arguments` still name the user's tree where the user did."""

    __test__ = False

    arguments: tuple[str, ...]
    environment: Mapping[str, str]
    interpreter: Interpreter
    project: Path
    tools: Path

    @property
    def is_pytest(self) -> bool:
        """Whether it is pytest itself, rather than a program that starts it."""
        return self.arguments[1:3] == ("-m", "pytest")

    def arguments_in(self, copy: ProjectCopy) -> list[str]:
        """The arguments with the copy in place of the user's tree."""
        return [self.arguments[0], *(self._moved(text, copy) for text in self.arguments[1:])]

    def import_roots(self, copy: ProjectCopy) -> list[Path]:
        """The folders of the copy that its modules are imported from, for PYTHONPATH: those that
        an editable install or the user's PYTHONPATH names, `src`, and the root."""
        entries = [*self.interpreter.search_path, *map(Path, self._user_path())]
        for name, place in self.interpreter.editable.items():
            if place.name == name.rpartition(".")[2]:
                entries.append(place.parents[name.count(".")])
        inside = [
            copy.root / entry.relative_to(self.project)
            for entry in entries
            if entry.is_relative_to(self.project) and not self.interpreter.is_its_own(entry)
        ]
        source = copy.root / "src"
        if source.is_dir() and not (source / "__init__.py").exists():
            inside.append(source)
        return list(dict.fromkeys([*inside, copy.root]))

    def other_paths(self) -> list[str]:
        """The user's PYTHONPATH outside the project."""
        return [
            entry for entry in self._user_path() if not Path(entry).is_relative_to(self.project)
        ]

    def _user_path(self) -> list[str]:
        return [e for e in self.environment.get("PYTHONPATH", "").split(os.pathsep) if e]

    def _moved(self, text: str, copy: ProjectCopy) -> str:
        """`/project/tests` or `--option=/project/tests`, as the copy has it."""
        option, equals, path = text.rpartition("=") if text.startswith("-") else ("", "", text)
        place = Path(path)
        if not place.is_relative_to(self.project) or self.interpreter.is_its_own(place):
            return text
        return f"{option}{equals}{copy.root / place.relative_to(self.project)}"


def resolve_command(
    workspace: Workspace,
    command: Sequence[str],
    sandbox: Sandbox,
    cancel: CancelToken = NEVER,
) -> TestCommand:
    """Find the interpreter behind `command` and ask it, once, whether it can run the tests.

    Understood are `pytest ...` and `python -m pytest ...`, what stands for them (`as_pytest`), and
    `uv run` and the like or `NAME=value` in front; any other program is run as it is and must start
    pytest itself.
    Raises UsageError for an empty command or a program that is not there, and
    BrokenEnvironmentError when the interpreter does not work or has no pytest of ours to load.
    """
    environment = allowed_environment()
    words = _without_prefix(list(command), environment)
    words = _without_prefix(list(as_pytest(words, workspace.project)), environment)
    if not words:
        raise UsageError("the test command is empty", "give one after --, for example -- pytest -q")

    project = workspace.project
    executable = project_interpreter(project)
    program, rest = words[0], words[1:]
    if program in ("pytest", "py.test"):
        arguments = [str(executable), "-m", "pytest", *rest]
    elif program == "coverage" and rest[:3] == ["run", "-m", "pytest"]:
        arguments = [str(executable), *rest[1:]]
    elif _PYTHON.fullmatch(Path(program).name):
        if os.sep in program:
            executable = (project / program).absolute()
        arguments = [str(executable), *rest]
    else:
        arguments = [_find(program, project, environment, executable), *rest]
    interpreter = probe(executable, workspace.tools, project, sandbox, cancel)
    if interpreter.pytest is None:
        raise BrokenEnvironmentError(
            f"pytest is not installed for {executable}",
            f"install it: {executable} -m pip install pytest",
        )
    if interpreter.pytest.split(".")[0].isdigit() and (
        int(interpreter.pytest.split(".")[0]) < _OLDEST_PYTEST or interpreter.version < (3, 9)
    ):
        raise BrokenEnvironmentError(
            f"{executable} has pytest {interpreter.pytest} on Python "
            f"{interpreter.version[0]}.{interpreter.version[1]}",
            f"repairlsp needs pytest {_OLDEST_PYTEST} and Python 3.9, or later",
        )
    return TestCommand(tuple(arguments), environment, interpreter, project, workspace.tools)


def _without_prefix(words: list[str], environment: dict[str, str]) -> list[str]:
    """The words after `NAME=value`, which goes into the environment, and after `uv run`."""
    while words and (words[0] == "env" or _ASSIGNMENT.fullmatch(words[0])):
        if match := _ASSIGNMENT.fullmatch(words.pop(0)):
            environment[match[1]] = match[2]
    if tuple(words[:2]) in _RUNNERS:
        del words[:2]
        if words[:1] == ["--"]:
            del words[0]
    return words


def _find(program: str, project: Path, environment: Mapping[str, str], executable: Path) -> str:
    if os.sep in program and not Path(program).is_absolute():
        if (project / program).is_file():
            return program  # a script of the project: the copy's is run
    else:
        path = os.pathsep.join([str(executable.parent), environment.get("PATH", os.defpath)])
        if found := shutil.which(program, path=path):
            return found
    raise UsageError(
        f"the test command's program `{program}` was not found",
        "give a command that runs pytest after --, for example -- pytest -q",
    )
