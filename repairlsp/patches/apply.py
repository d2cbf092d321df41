"""Writing a patch into the files of a project: all of it or nothing."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Iterable, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

from repairlsp.errors import PatchError
from repairlsp.patches.files import Place, opened_folder, read_regular
from repairlsp.source import SourceText
from repairlsp.types import Edit

_FOLDER = "the folder of {} is read-only"


def apply(project: Path, edits: Iterable[Edit], expected: Mapping[str, bytes]) -> tuple[str, ...]:
    """Make the edits in the project's files; returns the paths that changed, sorted.

    `expected` holds, for each edited path, the bytes that the edits were computed for. Every file
    is replaced by renaming a finished, synchronised one over it, so a reader (and a crash) sees
    the old text or the new one. Mode is kept, and owner where the system lets us. A hard link's
    other names keep the old text: they may lie outside the project.

    Raises PatchError, with no file changed and nothing left behind, when a file is not what was
    expected, is a link, or may not be written.
    """
    by_path: dict[str, list[Edit]] = {}
    for edit in edits:
        by_path.setdefault(edit.path, []).append(edit)
    with ExitStack() as stack:
        files = []
        for path, own_edits in sorted(by_path.items()):
            if path not in expected:
                raise PatchError(f"{path}: it is not known which text the patch is for")
            new = SourceText.from_bytes(expected[path]).apply(own_edits).to_bytes()
            if new == expected[path]:
                continue
            place = stack.enter_context(opened_folder(project, path))
            file = _Replacement(path, place, expected[path], new)
            stack.callback(file.discard)
            files.append(file)
        for file in files:
            file.prepare()
        _commit(files)
    return tuple(file.path for file in files)


@dataclass
class _Replacement:
    """A file, its expected bytes, and the finished new file that waits beside it."""

    path: str
    place: Place
    old: bytes
    new: bytes
    waiting: str = ""

    def prepare(self) -> None:
        """Write the new file beside the old one."""
        status = self.check()
        self._check_writable(status)
        self._write(self.new, status)

    def check(self) -> os.stat_result:
        """Raises PatchError when the file is no longer what the patch was computed for."""
        data, status = read_regular(self.place, self.path)
        if data != self.old:
            raise PatchError(
                f"{self.path} has changed since the patch was computed",
                "run repairlsp again on the file as it is now",
            )
        return status

    def replaced(self) -> bool:
        """Whether the file holds the new text."""
        return read_regular(self.place, self.path)[0] == self.new

    def replace(self) -> None:
        folder = self.place.folder
        os.replace(self.waiting, self.place.name, src_dir_fd=folder, dst_dir_fd=folder)
        self.waiting = ""

    def restore(self) -> None:
        """Put the old text back, the same safe way."""
        _, status = read_regular(self.place, self.path)
        self._write(self.old, status)
        self.replace()

    def discard(self) -> None:
        """Remove the new file if it still waits."""
        if self.waiting:
            with suppress(OSError):
                os.unlink(self.waiting, dir_fd=self.place.folder)
            self.waiting = ""

    def _check_writable(self, status: os.stat_result) -> None:
        # A rename asks only the folder for permission, and asks root for none at all; but
        # whoever took away a file's write permission meant it.
        if not status.st_mode & 0o222 or not os.access(
            self.place.name, os.W_OK, dir_fd=self.place.folder
        ):
            raise PatchError(f"{self.path} is read-only", "make it writable (chmod u+w)")
        if not os.fstat(self.place.folder).st_mode & 0o222:
            raise PatchError(_FOLDER.format(self.path), "make the folder writable (chmod u+w)")

    def _write(self, data: bytes, status: os.stat_result) -> None:
        self.waiting = f".repairlsp-{secrets.token_hex(8)}.tmp"
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        try:
            descriptor = os.open(self.waiting, flags, 0o600, dir_fd=self.place.folder)
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                with suppress(PermissionError):  # only a privileged user may give files away
                    os.fchown(descriptor, status.st_uid, status.st_gid)
                os.fchmod(descriptor, stat.S_IMODE(status.st_mode))
                file.flush()
                os.fsync(descriptor)
        except PermissionError as error:
            raise PatchError(
                _FOLDER.format(self.path), "make the folder writable (chmod u+w)"
            ) from error
        except OSError as error:
            raise PatchError(
                f"{self.path} could not be written: {error.strerror}",
                "nothing was changed; check the disk's space and permissions",
            ) from error


def _commit(files: list[_Replacement]) -> None:
    begun: list[_Replacement] = []
    try:
        for file in files:
            file.check()  # the last moment before the rename
            begun.append(file)
            file.replace()
        for file in files:
            os.fsync(file.place.folder)
    except BaseException as error:
        for file in begun:
            if file.replaced():
                file.restore()
        if isinstance(error, OSError):
            raise PatchError(
                f"the patch could not be written: {error.strerror}", "nothing was changed"
            ) from error
        raise
