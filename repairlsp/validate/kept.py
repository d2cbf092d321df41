"""A folder that is put back to what it held at one moment, as often as one likes.

A test session that is forked may have left files for itself while its tests were collected: a
module's own temporary folder, a library's cache in the home folder. Its children need them as they
were, each of them.
"""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path
from typing import NamedTuple

_MAX_BYTES = 64 << 20
_MAX_ENTRIES = 2000
_KINDS = (stat.S_IFREG, stat.S_IFDIR, stat.S_IFLNK)


class _Entry(NamedTuple):
    """What tells that an entry is as it was; of a folder its being there."""

    kind: int
    size: int = 0
    modified_ns: int = 0


class KeptFolder:
    """Keeps what `folder` holds in `store`, which must not exist. Raises ValueError when that is
    too much, or something that cannot be copied."""

    def __init__(self, folder: Path, store: Path) -> None:
        self._folder, self._store = folder, store
        self._entries = _entries(folder)
        if len(self._entries) > _MAX_ENTRIES:
            raise ValueError(f"more than {_MAX_ENTRIES} files")
        if sum(entry.size for entry in self._entries.values()) > _MAX_BYTES:
            raise ValueError(f"more than {_MAX_BYTES >> 20} MB")
        if any(entry.kind not in _KINDS for entry in self._entries.values()):
            raise ValueError("a socket or a pipe")
        if self._entries:
            shutil.copytree(folder, store, symlinks=True)

    def restore(self) -> None:
        """Make the folder what it was."""
        self._folder.mkdir(exist_ok=True)
        now = _entries(self._folder)
        for name in sorted(now.keys() - self._entries.keys(), reverse=True):
            discard(self._folder / name)  # what is in a folder goes before the folder
            del now[name]
        if now != self._entries:
            empty(self._folder)
            shutil.copytree(self._store, self._folder, symlinks=True, dirs_exist_ok=True)


def _entries(folder: Path) -> dict[str, _Entry]:
    """Everything below a folder, by its path in it."""
    found = {}
    for where, folders, files in os.walk(folder):
        for name in (*folders, *files):
            path = Path(where, name)
            status = path.lstat()
            kind = stat.S_IFMT(status.st_mode)
            found[os.path.relpath(path, folder)] = (
                _Entry(kind)
                if kind == stat.S_IFDIR
                else _Entry(kind, status.st_size, status.st_mtime_ns)
            )
    return found


def discard(path: Path) -> None:
    """Remove a file, a link or a folder, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def empty(folder: Path) -> None:
    """Remove what a folder holds; make the folder where it is missing."""
    folder.mkdir(exist_ok=True)
    for entry in os.scandir(folder):
        discard(Path(entry))


def remove_tree(folder: Path) -> None:
    """Remove a folder with everything in it, also what a test made unreadable."""
    shutil.rmtree(folder, ignore_errors=True)
    if not folder.exists():
        return
    for where, _, _ in os.walk(folder):
        os.chmod(where, 0o700)  # noqa: PTH101 (the walk goes on into it)
    shutil.rmtree(folder, ignore_errors=True)
