"""Reaching a project's file by a path that came from elsewhere, without following a link."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from repairlsp.errors import PatchError

_VERSION_CONTROL = frozenset({".git", ".hg", ".svn", ".bzr", ".jj"})


class Place(NamedTuple):
    """An open folder (a file descriptor) and the name of a file in it."""

    folder: int
    name: str


def plain_parts(path: str) -> tuple[str, ...]:
    """The components of a path that stays inside the project.

    Raises PatchError for an absolute path, `..`, version control's own folders (in any case of
    letters, as some file systems ignore it), backslashes and control characters.
    """
    pure = PurePosixPath(path)
    if not path or "\\" in path or any(ord(character) < 0x20 for character in path):
        raise PatchError(f"{path!r} is not a path that a patch may name")
    if pure.is_absolute() or str(pure) != path or ".." in pure.parts or path == ".":
        raise PatchError(f"{path}: a patch may only name files inside the project")
    if any(part.casefold() in _VERSION_CONTROL for part in pure.parts):
        raise PatchError(f"{path}: a patch may not touch version control's own files")
    return pure.parts


@contextmanager
def opened_folder(project: Path, path: str) -> Iterator[Place]:
    """The folder of a project's file, held open, so that nobody can put a link in its way.

    Raises PatchError when a component is missing, a link, or not a folder.
    """
    *folders, name = plain_parts(path)
    flags = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
    held = os.open(project, flags)
    try:
        for folder in folders:
            with _refusals(path):
                inner = os.open(folder, flags | os.O_NOFOLLOW, dir_fd=held)
            os.close(held)
            held = inner
        yield Place(held, name)
    finally:
        os.close(held)


def read_regular(place: Place, path: str) -> tuple[bytes, os.stat_result]:
    """A regular file's bytes and status. Raises PatchError when it is a link or anything else."""
    with _refusals(path):
        # O_NONBLOCK: opening a named pipe must not wait for someone to write into it.
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        descriptor = os.open(place.name, flags, dir_fd=place.folder)
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        os.close(descriptor)
        raise PatchError(f"{path} is not a regular file")
    with os.fdopen(descriptor, "rb") as file:
        return file.read(), status


@contextmanager
def _refusals(path: str) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise PatchError(f"{path} does not exist", "a patch only changes files") from error
    except PermissionError as error:
        raise PatchError(f"{path} cannot be read", "check its permissions") from error
    except OSError as error:
        # ELOOP or ENOTDIR: a symbolic link where a file or a folder was expected.
        raise PatchError(
            f"{path} leads through a symbolic link or something that is not a folder",
            "name the file by its real path",
        ) from error
