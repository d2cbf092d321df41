"""Replacing the bytes of files: each in one step, several as nearly so as a file system allows."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from repairlsp.errors import PatchError
from repairlsp.patches.files import Place, read_regular

_FOLDER = "the folder of {} is read-only"


def waiting_name() -> str:
    """A name for a file that waits beside the one it will replace."""
    return f".repairlsp-{secrets.token_hex(8)}.tmp"


@dataclass
class Replacement:
    """A file, its expected bytes, and the finished new file, named `waiting`, beside it."""

    path: str
    place: Place
    old: bytes
    new: bytes
    waiting: str = field(default_factory=waiting_name)

    def prepare(self) -> None:
        """Write the new file beside the old one. Raises PatchError."""
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

    def is_done(self) -> bool:
        """Whether the file holds the new text."""
        return read_regular(self.place, self.path)[0] == self.new

    def replace(self) -> None:
        """Rename the waiting file over the old one. Raises OSError."""
        folder = self.place.folder
        os.replace(self.waiting, self.place.name, src_dir_fd=folder, dst_dir_fd=folder)

    def restore(self) -> None:
        """Put the old text back, the same safe way."""
        _, status = read_regular(self.place, self.path)
        self.discard()
        self._write(self.old, status)
        self.replace()
        os.fsync(self.place.folder)

    def discard(self) -> None:
        """Remove the new file if it still waits."""
        with suppress(OSError):
            os.unlink(self.waiting, dir_fd=self.place.folder)

    def _check_writable(self, status: os.stat_result) -> None:
        if os.fstatvfs(self.place.folder).f_flag & os.ST_RDONLY:
            raise PatchError(
                f"the file system of {self.path} is read-only",
                "mount it for writing, or apply the diff where it can be written",
            )
        # A rename asks only the folder for permission, and asks root for none at all; but
        # whoever took away a file's write permission meant it.
        if not status.st_mode & 0o222 or not os.access(
            self.place.name, os.W_OK, dir_fd=self.place.folder
        ):
            raise PatchError(f"{self.path} is read-only", "make it writable (chmod u+w)")
        if not os.fstat(self.place.folder).st_mode & 0o222:
            raise PatchError(_FOLDER.format(self.path), "make the folder writable (chmod u+w)")

    def _write(self, data: bytes, status: os.stat_result) -> None:
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


def replace_all(files: Sequence[Replacement]) -> None:
    """Replace every file, all prepared, or none of them.

    Raises PatchError, the old texts put back, when a file changed or could not be replaced. Only
    the end of the process in the middle is left to the journal.
    """
    begun: list[Replacement] = []
    try:
        for file in files:
            file.check()  # the last moment before the rename
            begun.append(file)
            file.replace()
        for file in files:
            os.fsync(file.place.folder)
    except BaseException as error:
        for file in begun:
            if file.is_done():
                file.restore()
        if isinstance(error, OSError):
            raise PatchError(
                f"the patch could not be written: {error.strerror}", "nothing was changed"
            ) from error
        raise
