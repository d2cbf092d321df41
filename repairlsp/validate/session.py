"""One pytest session in a working copy: our plugins, the environment, what it reads and writes."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from repairlsp.sandbox import NEVER, Completed, Sandbox
from repairlsp.types import CancelToken
from repairlsp.validate.command import TestCommand
from repairlsp.validate.interpreter import coverage_package
from repairlsp.validate.project_copy import ProjectCopy

_PLUGINS = ("repairlsp_report", "repairlsp_copy", "repairlsp_selection")


def new_key() -> str:
    """A key for the report of one session, which nobody can guess."""
    return secrets.token_hex(16)


def run_session(
    copy: ProjectCopy,
    command: TestCommand,
    sandbox: Sandbox,
    *,
    plugins: Sequence[str],
    name: str = "",
    seconds: float,
    memory_bytes: int,
    key: str = "",
    cancel: CancelToken = NEVER,
    **spec: Any,
) -> Completed:
    """Run `command` in `copy`, as it now is, with our plugins, and wait for its end.

    `plugins` are loaded besides those that every session has. `spec` is what they are told; the
    report goes to `copy.reports / "NAMEreport.jsonl"`, signed with `key`. Never raises because of
    what the tests do.
    """
    coverage = "repairlsp_coverage" in plugins
    # A candidate must not leave compiled code for the runs after it.
    trusted = not copy.is_patched and "serve" not in spec
    whole_spec = {
        "report": str(copy.reports / f"{name}report.jsonl"),
        "witness": str(copy.reports / f"{name}witness.jsonl"),
        "coverage": str(copy.reports / f"{name}coverage.json") if coverage else None,
        "coverage_package": str(coverage_package()),
        "root": str(copy.root),
        "bytecode": str(copy.bytecode),
        "key": key,
        # A program between us and pytest may start it more than once.
        "once": command.is_pytest,
        "bytecode_writable": trusted,
        "original": str(copy.project),
        "only": None,
        "tolerate": None,
        "case_seconds": None,
        "user_addopts": command.environment.get("PYTEST_ADDOPTS"),
        **spec,
    }
    spec_path = copy.reports / f"{name}spec.json"
    spec_path.unlink(missing_ok=True)
    spec_path.write_text(json.dumps(whole_spec), "utf-8")
    shared = [copy.bytecode] if trusted else []
    return sandbox.run(
        command.arguments_in(copy),
        cwd=copy.root,
        env=_environment(copy, command, (*_PLUGINS, *plugins), spec_path),
        seconds=seconds,
        memory_bytes=memory_bytes,
        writable=[copy.root, copy.home, copy.temporary, copy.reports, *shared],
        readable=[*_readable(command, coverage), copy.bytecode],
        cancel=cancel,
    )


def _environment(
    copy: ProjectCopy, command: TestCommand, plugins: Sequence[str], spec: Path
) -> dict[str, str]:
    user = command.environment
    # The options come before the user's own, so that those still have the last word.
    options = [word for plugin in plugins for word in ("-p", plugin)]
    addopts = " ".join([*options, user.get("PYTEST_ADDOPTS", "")]).strip()
    # Our folder comes last: it must not hide a module of the project or of its environment.
    path = [*map(str, command.import_roots(copy)), *command.other_paths(), str(command.tools)]
    programs = [str(command.interpreter.executable.parent), user.get("PATH", os.defpath)]
    environment = {
        **user,
        "HOME": str(copy.home),
        "TMPDIR": str(copy.temporary),
        "PATH": os.pathsep.join(programs),
        "PYTHONPATH": os.pathsep.join(path),
        "PYTEST_ADDOPTS": addopts,
        "REPAIRLSP_SPEC": str(spec),
        # Sets and dicts of strings in one order, so that two runs of one code agree.
        "PYTHONHASHSEED": "0",
        # The plugin allows bytecode again, inside the copy only.
        "PYTHONDONTWRITEBYTECODE": "1",
        "NO_COLOR": "1",
        "TERM": "dumb",
    }
    if command.interpreter.user_base is not None:
        environment["PYTHONUSERBASE"] = str(command.interpreter.user_base)
    return environment


def _readable(command: TestCommand, coverage: bool) -> list[Path]:
    ours = coverage_package() if coverage else None
    folders = [*command.interpreter.readable(), *map(Path, command.other_paths()), command.tools]
    return [
        path for path in (*folders, *([ours] if ours else [])) if not _holds_project(path, command)
    ]


def _holds_project(path: Path, command: TestCommand) -> bool:
    """The user's tree stays out of sight, but for an environment inside it."""
    if command.project.is_relative_to(path):
        return True
    return path.is_relative_to(command.project) and not command.interpreter.is_its_own(path)
