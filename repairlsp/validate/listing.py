"""Which files of a project its tests may need: what a working copy is made of."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path, PurePosixPath

from repairlsp.errors import UsageError
from repairlsp.validate.abandoned import LOCK

# Folders that hold no part of the project itself: version control, environments, caches.
_JUNK = frozenset(
    {
        ".git",
        ".hg",
        ".svn",
        ".bzr",
        ".venv",
        "node_modules",
        "__pycache__",
        ".tox",
        ".nox",
        ".eggs",
        ".mypy_cache",
        ".pytest_cache",
        ".ruff_cache",
        ".hypothesis",
        ".cache",
        ".idea",
        ".vscode",
    }
)
# Ignored by git, but imported: version files that the build writes, extension modules.
_IGNORED_BUT_NEEDED = frozenset({".py", ".pyi", ".so", ".pyd", ".dylib", ".typed"})
_MAX_FILES = 100_000


@dataclass(frozen=True, slots=True)
class Listing:
    """POSIX paths relative to the project. `links` maps a link to its target, relative to the
    project too. `left_out` are links that lead out of the project, names that do, and special
    files."""

    files: tuple[str, ...]
    links: dict[str, str]
    left_out: tuple[str, ...]


def list_project(project: Path, max_bytes: int) -> Listing:
    """The files to copy: what git tracks or would track, and ignored files that Python imports;
    without git everything but caches, environments and version control.

    Raises UsageError when they are too many or too large.
    """
    names = _git_files(project)
    files, links, left_out = [], {}, []
    size = 0
    is_direct = _Directness(project)
    for name in sorted(set(_walk(project, "") if names is None else names)):
        path = project / name
        if not is_direct(name):
            left_out.append(name)
        elif path.is_symlink():
            target = _inside(project, path)
            if target is None:
                left_out.append(name)
            else:
                links[name] = target
        elif path.is_file():
            size += path.stat().st_size
            files.append(name)
        elif path.exists():
            left_out.append(name)
        if size > max_bytes or len(files) > _MAX_FILES:
            raise UsageError(
                f"the project {project} is too large to copy: more than "
                f"{max_bytes >> 20} MB or {_MAX_FILES} files",
                "choose a smaller folder with --project, or let git ignore its large files",
            )
    return Listing(tuple(files), links, tuple(left_out))


class _Directness:
    """Whether a name leads to a place inside the project, and through no link. git lists what is in
    its index, and that may have been made by somebody else, out of any names at all."""

    def __init__(self, project: Path) -> None:
        self._project = project
        self._folders = {"": True}

    def __call__(self, name: str) -> bool:
        folder, _, last = name.rpartition("/")
        absolute = name.startswith("/")
        return last not in ("", "..", ".git") and not absolute and self._is_folder(folder)

    def _is_folder(self, name: str) -> bool:
        if name not in self._folders:
            self._folders[name] = self(name) and not (self._project / name).is_symlink()
        return self._folders[name]


def _inside(project: Path, link: Path) -> str | None:
    """The link's target relative to the project; None when it leads out of it or in a circle."""
    try:
        target = link.resolve()
    except (OSError, RuntimeError):
        return None
    real = project.resolve()
    return target.relative_to(real).as_posix() if target.is_relative_to(real) else None


def _git_files(project: Path) -> Iterator[str] | None:
    """The files by git's account; None where git or a repository is missing."""
    folders = (project, *project.parents)
    if "GIT_DIR" not in os.environ and not any((one / ".git").exists() for one in folders):
        return None  # seen without three processes, which take 15 ms
    tracked = _git(project, "--cached")
    # With --directory, a folder of which nothing is tracked is one entry, and its environments and
    # caches are ours to leave out.
    untracked = _git(project, "--others", "--exclude-standard", "--directory")
    ignored = _git(project, "--others", "--ignored", "--exclude-standard", "--directory")
    if tracked is None or untracked is None or ignored is None:
        return None
    hidden = set(ignored)
    return chain(
        _expand(project, tracked),
        (name for name in _expand(project, untracked) if not _ignored_by(name, hidden)),
        (name for name in _expand(project, ignored) if _needed(name)),
    )


def _expand(project: Path, names: Iterable[str]) -> Iterator[str]:
    """The files of a listing of files and folders: a submodule is listed as a folder too."""
    for name in names:
        path = project / name.rstrip("/")
        if path.is_symlink() or not path.is_dir():
            yield name
        elif not _is_junk(path):
            yield from _walk(project, name.rstrip("/"))


def _ignored_by(name: str, ignored: Collection[str]) -> bool:
    folders = (f"{folder}/" for folder in PurePosixPath(name).parents)
    return name in ignored or any(folder in ignored for folder in folders)


def _needed(name: str) -> bool:
    path = PurePosixPath(name)
    in_metadata = any(part.endswith((".egg-info", ".dist-info")) for part in path.parts)
    return in_metadata or path.suffix in _IGNORED_BUT_NEEDED


def _git(project: Path, *options: str) -> list[str] | None:
    # A repository's own configuration may name a program as its file-system monitor: not run.
    command = ["git", "-c", "core.fsmonitor=false", "ls-files", "-z", *options]
    try:
        done = subprocess.run(
            command,
            cwd=project,
            env={**os.environ, "GIT_OPTIONAL_LOCKS": "0"},
            capture_output=True,
            check=False,
        )
    except OSError:
        return None
    if done.returncode != 0:
        return None
    return [os.fsdecode(name) for name in done.stdout.split(b"\0") if name]


def _walk(project: Path, below: str) -> Iterator[str]:
    """Files and links below a folder of the project, junk folders left out."""
    for folder, folders, files in os.walk(project / below):
        here = Path(folder)
        links = [name for name in folders if (here / name).is_symlink()]
        folders[:] = [name for name in folders if name not in links and not _is_junk(here / name)]
        for name in (*files, *links):
            yield (here / name).relative_to(project).as_posix()


def _is_junk(folder: Path) -> bool:
    return (
        folder.name in _JUNK
        or (folder / "pyvenv.cfg").exists()
        or (folder / "conda-meta").is_dir()
        or (folder / LOCK).exists()
    )
