"""What `repairlsp doctor` checks. Each check runs the real part, and never raises."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal

from repairlsp import __version__, settings
from repairlsp.errors import CancelledError, RepairlspError
from repairlsp.settings import Settings
from repairlsp.types import CancelToken

Health = Literal["ok", "warn", "fail"]


@dataclass(frozen=True, slots=True)
class Check:
    """One finding. `detail` is one line; `advice` says what to do, empty where all is well.

    `warn`: works, but less well than it could. `fail`: `repairlsp fix` cannot work.
    """

    name: str
    health: Health
    detail: str
    advice: str = ""


def examine(project: Path, cancel: CancelToken) -> Iterator[Check]:
    """All checks, one by one as they are done; the slow one, loading the model, comes last.

    Raises CancelledError, and nothing else.
    """
    chosen, warnings = settings.load(project)
    yield _python()
    yield _settings(warnings)
    yield _pytest(project, chosen, cancel)
    yield _git()
    yield _sandbox(chosen)
    yield _grammars()
    yield _memory()
    yield _model(chosen, cancel)


def _python() -> Check:
    """`requires-python` keeps older ones out, so there is nothing that could be wrong."""
    here = f"{sys.version.split()[0]} at {sys.executable}, repairlsp {__version__}"
    return Check("python", "ok", here)


def _settings(warnings: tuple[str, ...]) -> Check:
    if not warnings:
        return Check("settings", "ok", "nothing wrong with them")
    more = f" (and {len(warnings) - 1} more)" if len(warnings) > 1 else ""
    return Check("settings", "warn", warnings[0] + more, "correct it; until then it is ignored")


def _pytest(project: Path, chosen: Settings, cancel: CancelToken) -> Check:
    """Find the test command's interpreter and ask it, in a sandbox and a copy, as a fix does."""
    from repairlsp.sandbox import choose
    from repairlsp.validate import Workspace, resolve_command

    try:
        with Workspace(project) as workspace:
            sandbox = choose(chosen.sandbox)
            found = resolve_command(workspace, chosen.test_command, sandbox, cancel).interpreter
    except CancelledError:
        raise
    except RepairlspError as error:
        return Check("pytest", "fail", str(error), error.hint)
    python = ".".join(map(str, found.version))
    return Check("pytest", "ok", f"{found.pytest} on Python {python} at {found.executable}")


def _git() -> Check:
    program = shutil.which("git")
    if program is None:
        return Check(
            "git",
            "warn",
            "not found",
            "install git: without it, ignored files are copied along and patched by name only",
        )
    done = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    said = done.stdout.strip().removeprefix("git version ")
    return Check("git", "ok", f"{said} at {program}")


def _sandbox(chosen: Settings) -> Check:
    from repairlsp.sandbox import HOW_TO_GET_ONE, bwrap_problem, choose, what_limits_means

    try:
        sandbox = choose(chosen.sandbox)
    except RepairlspError as error:
        return Check("sandbox", "fail", str(error), error.hint)
    problem = bwrap_problem()
    if sandbox.name == "bwrap":
        detail, advice = "bwrap: no network, no home folder, limits", ""
    elif problem is not None:
        detail, advice = f"{what_limits_means()} ({problem})", HOW_TO_GET_ONE
    else:  # the settings ask for less than there is
        detail, advice = what_limits_means(), 'set sandbox = "auto"'
    if chosen.allow_loopback:
        detail += "; the settings give tests the machine's network (allow_loopback)"
        advice = advice or "set allow_loopback = false, unless the tests need a service there"
    return Check("sandbox", "warn" if advice else "ok", detail, advice)


def _grammars() -> Check:
    from repairlsp.context import enclosing
    from repairlsp.source import SourceText
    from repairlsp.types import LineSpan

    source = SourceText.from_text("def repaired():\n    return True\n")
    found = enclosing(source, "example.py", LineSpan(2, 3))
    if found.name != "repaired":
        detail = "python: it does not find a function"
        return Check("grammars", "fail", detail, "install repairlsp again")
    return Check("grammars", "ok", f"python {_installed('tree-sitter-python')}")


def _memory() -> Check:
    import psutil

    free = psutil.virtual_memory().available
    detail = f"{free / 2**30:.1f} GiB free, {os.cpu_count()} CPUs"
    if free < 1 << 30:
        advice = "close something: the model takes about 0.2 GiB, and tests run beside it"
        return Check("memory", "warn", detail, advice)
    return Check("memory", "ok", detail)


def _installed(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "(unknown version)"


_FUNCTION = (
    "def mean(values):",
    "    total = 0",
    "    for value in values:",
    "        total -= value",
    "    return total / len(values)",
)


def _model(chosen: Settings, cancel: CancelToken) -> Check:
    """Check the folder against its manifest, load it, and have it write one function's answers."""
    from repairlsp.generate import prompt
    from repairlsp.models import catalog
    from repairlsp.models.client import ModelWorker

    try:
        folder = catalog.resolve(chosen.model)
        with ModelWorker(folder) as worker:
            start = time.monotonic()
            loaded = worker.hello(cancel=cancel)
            seconds_to_load = time.monotonic() - start
            text = prompt.load(loaded.prompt_family).render(_FUNCTION, (), "")
            start = time.monotonic()
            answers = worker.suggest(text, beams=8, max_new_tokens=48, cancel=cancel)
            seconds_to_write = time.monotonic() - start
    except CancelledError:
        raise
    except RepairlspError as error:
        return Check("model", "fail", str(error), error.hint)
    detail = (
        f"{loaded.name} ({loaded.precision}, {loaded.parameters / 1e6:.1f} M parameters) loads in "
        f"{seconds_to_load:.1f} s, writes {len(answers)} answers in {seconds_to_write:.2f} s, "
        f"takes {loaded.rss_bytes / 1e6:.0f} MB"
    )
    return Check("model", "ok", detail)
