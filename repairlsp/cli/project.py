"""Which project is meant, and which of its files: from what a person typed to the flow's terms."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from repairlsp.errors import UsageError

# What a project's root holds, so that `fix src/shop/cart.py` finds the project around the file.
_MARKERS = (
    "repairlsp.toml",
    "pyproject.toml",
    "setup.cfg",
    "setup.py",
    "pytest.ini",
    "tox.ini",
    ".git",
)


class Target(NamedTuple):
    """The project's root (absolute), and the files in it to look at; none means all."""

    project: Path
    files: tuple[str, ...]


def find_target(path: str | None, project: str | None, files: list[str]) -> Target:
    """The project and files that PATH, --project and --file name together.

    PATH is the project's folder or a file in it. A file's project is the nearest folder above it
    that looks like one, else the working directory if the file is below it, else its own folder.
    Raises UsageError for what does not exist, or files outside the project.
    """
    spot = Path(path) if path is not None else None
    if spot is not None and not spot.exists():
        raise UsageError(f"no such file or folder: {path}")
    if project is not None:
        root = Path(project)
        if spot is not None and spot.is_dir() and not spot.samefile(root):
            raise UsageError(f"both {path} and --project {project} name the project's folder")
    elif spot is None:
        root = Path()
    else:
        root = spot if spot.is_dir() else _around(spot)
    if not root.is_dir():
        raise UsageError(f"no such folder: {project}")
    root = root.resolve()
    chosen = [path] if spot is not None and path is not None and not spot.is_dir() else []
    return Target(root, tuple(relative(root, name) for name in [*chosen, *files]))


def relative(project: Path, name: str) -> str:
    """A path as it was typed, as a POSIX path relative to the project's root.

    It is taken relative to the working directory or, failing that, to the project. Raises
    UsageError when it does not exist or lies outside the project.
    """
    found = next((path for path in (Path(name), project / name) if path.exists()), None)
    if found is None:
        raise UsageError(f"no such file: {name}")
    # Not resolve(): a link inside the project keeps its own name there.
    absolute = Path(os.path.normpath(found.parent.resolve() / found.name))
    if not absolute.is_relative_to(project) or absolute == project:
        raise UsageError(f"{name} is not in the project {project}", "say which with --project DIR")
    return absolute.relative_to(project).as_posix()


def _around(file: Path) -> Path:
    folder = file.resolve().parent
    for above in (folder, *folder.parents):
        if any((above / marker).exists() for marker in _MARKERS):
            return above
    here = Path.cwd()
    too_wide = here in (Path(here.anchor), Path.home())  # nobody means all that is on the machine
    return here if folder.is_relative_to(here) and not too_wide else folder
