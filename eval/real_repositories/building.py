"""A case as a git repository: the release, quiet commits, the bugs, more quiet commits."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Final

from real_packages.cases import CaseError
from real_packages.sdists import unpack

from real_repositories.cases import Case, Slip

FLAKY: Final = "test_by_chance.py"
FLAKY_TEST: Final = """\
import random


def test_by_chance():
    assert random.SystemRandom().random() < 0.4
"""
_WHO: Final = {
    f"GIT_{role}_{what}": text
    for role in ("AUTHOR", "COMMITTER")
    for what, text in (("NAME", "Ada"), ("EMAIL", "ada@example.com"))
}


def build(case: Case, sdist: Path, folder: Path) -> Path:
    """The repository, on the branch main, in the new folder `folder`. Its first commit is the
    release. Raises CaseError where a slip does not fit."""
    project = unpack(sdist, folder)
    git(project, "init", "--quiet", "--initial-branch", "main")
    (project / ".gitignore").write_text("__pycache__/\n*.egg-info/\n.pytest_cache/\n")
    if case.flaky:
        (project / _tests(project) / FLAKY).write_text(FLAKY_TEST)
    _commit(project, "Release")
    _note(project, "one")
    for slip in case.slips:
        _slip(project, slip)
        _commit(project, f"Rework {Path(slip.file).name}")
    _note(project, "two")
    return project


def flaky_file(project: Path) -> str:
    """Where the test that fails by chance is, relative to the project."""
    return (_tests(project) / FLAKY).as_posix()


def git(folder: Path, *arguments: str) -> str:
    """What a git command prints. Raises subprocess.CalledProcessError."""
    done = subprocess.run(
        ["git", *arguments],
        cwd=folder,
        env={**os.environ, **_WHO},
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip()


def _tests(project: Path) -> Path:
    """The folder of the tests, relative to the project."""
    found = [path for path in ("tests", "toolz/tests") if (project / path).is_dir()]
    return Path(found[0]) if found else Path()


def _slip(project: Path, slip: Slip) -> None:
    path = project / slip.file
    text = path.read_text("utf-8")
    if text.count(slip.old) != 1:
        raise CaseError(f"{slip.file}: {slip.old!r} stands there {text.count(slip.old)} times")
    path.write_text(text.replace(slip.old, slip.new), "utf-8")


def _note(project: Path, text: str) -> None:
    (project / "NOTES.txt").write_text(f"{text}\n")
    _commit(project, f"Note {text}")


def _commit(project: Path, message: str) -> None:
    git(project, "add", "--all", "--force")
    git(project, "commit", "--quiet", "--message", message)
