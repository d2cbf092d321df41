"""What puts a patch of several files right when the process ends between two of them.

A rename replaces one file in one step, and no file system replaces two. So before the first
rename everything that is needed to undo it lies, synchronised, in a folder of its own below the
user's state folder: `journal.json` and the old bytes of each file. It goes when all files are
replaced. `recover` finds those that a killed process left.

One lock is held while a journal exists, so a journal that is there while the lock is free has
nobody at work on it.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

import platformdirs

from repairlsp.errors import PatchError
from repairlsp.patches.files import opened_folder, read_regular
from repairlsp.patches.replacing import Replacement

_FILE_NAME = "journal.json"
_SCHEMA_VERSION = 1


class Recovered(NamedTuple):
    """What was found half-written in a project, and put back.

    `restored` are files that hold their old text again; `changed` are files that somebody has
    changed since, or that are gone, and are left alone.
    """

    project: Path
    restored: tuple[str, ...]
    changed: tuple[str, ...]

    @property
    def message(self) -> str:
        """What happened, for people."""
        return f"a patch of {self.project} was written only in part when repairlsp was killed"

    @property
    def outcome(self) -> str:
        """What became of each file, for people."""
        restored = [f"put back as it was: {', '.join(self.restored)}"] * bool(self.restored)
        changed = [f"changed since, so left alone: {', '.join(self.changed)}"] * bool(self.changed)
        return "; ".join([*restored, *changed])


class _Entry(NamedTuple):
    """One file of a journal: SHA-256 of its old and its new bytes."""

    path: str
    waiting: str
    old: str
    new: str


@contextmanager
def journal(project: Path, files: Sequence[Replacement]) -> Iterator[None]:
    """Keeps a journal of `files` while the block replaces them.

    A block that raises has put everything back by itself. One file needs no journal to be whole:
    for it the user's state folder does not have to be writable; for several PatchError is raised.
    """
    try:
        root = _root()
        lock = _locked(root)
    except OSError as error:
        if len(files) > 1:
            raise PatchError(
                f"no journal can be kept of a patch of several files: {error}",
                "set XDG_STATE_HOME to a folder that can be written to",
            ) from error
        yield
        return
    try:
        folder = root / secrets.token_hex(8)
        try:
            _write(folder, project, files)
            yield
        except BaseException as error:
            if len({file.is_done() for file in files}) > 1:
                raise PatchError(
                    f"the patch was written in part and could not be taken back: {error}",
                    "make room or permissions; the next start of repairlsp puts the files back",
                ) from error
            _discard(folder)
            raise
        _discard(folder)
    finally:
        os.close(lock)


def recover() -> list[Recovered]:
    """Undo what killed processes left half-written, in whichever project; idempotent.

    A patch whose files were all replaced stays, one that was not begun leaves nothing. A project
    that is not there now is left for later. Raises PatchError when a file cannot be put back; the
    journal stays.
    """
    try:
        root = _root()
        lock = _locked(root)
    except OSError:
        return []  # nothing could have been written there either
    try:
        found = []
        for folder in sorted(entry for entry in root.iterdir() if entry.is_dir()):
            record = _read(folder)
            if record is None:
                shutil.rmtree(folder, ignore_errors=True)
            elif record.project.is_dir():
                recovered = _undo(folder, record)
                _discard(folder)
                found += [recovered] if recovered.restored or recovered.changed else []
        return found
    finally:
        os.close(lock)


class _Record(NamedTuple):
    project: Path
    files: tuple[_Entry, ...]


def _root() -> Path:
    root = platformdirs.user_state_path("repairlsp") / "applying"
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    return root


def _locked(root: Path) -> int:
    """A descriptor that holds the lock of all journals. It waits: writing takes milliseconds."""
    descriptor = os.open(root / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    return descriptor


def _write(folder: Path, project: Path, files: Sequence[Replacement]) -> None:
    """The journal, on the disk before a file is touched; its record comes last and whole."""
    entries = [
        _Entry(file.path, file.waiting, _digest(file.old), _digest(file.new)) for file in files
    ]
    record = {
        "schema_version": _SCHEMA_VERSION,
        "project": str(project.absolute()),
        "files": [entry._asdict() for entry in entries],
    }
    try:
        folder.mkdir(mode=0o700)
        for number, file in enumerate(files):
            _write_file(folder / str(number), file.old)
        _write_file(folder / "new", json.dumps(record).encode())
        (folder / "new").rename(folder / _FILE_NAME)
        _synchronise(folder)
        _synchronise(folder.parent)
    except OSError as error:
        raise PatchError(
            f"the journal of the patch could not be written: {error.strerror}",
            f"nothing was changed; check the space and the permissions of {folder.parent}",
        ) from error


def _discard(folder: Path) -> None:
    # The record first: a journal without one says that nothing was begun.
    (folder / _FILE_NAME).unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)


def _write_file(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _synchronise(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _read(folder: Path) -> _Record | None:
    """The journal's record; None where it was not finished, so that no file was touched."""
    try:
        record: Any = json.loads((folder / _FILE_NAME).read_bytes())
        if record["schema_version"] != _SCHEMA_VERSION:
            return None
        entries = tuple(_Entry(**entry) for entry in record["files"])
        return _Record(Path(record["project"]), entries)
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None


def _undo(folder: Path, record: _Record) -> Recovered:
    states = {entry.path: _state(record.project, entry) for entry in record.files}
    begun, unfinished = "new" in states.values(), set(states.values()) != {"new"}
    for number, entry in enumerate(record.files):
        if states[entry.path] == "gone":
            with suppress(PatchError), opened_folder(record.project, entry.path) as place:
                Replacement(entry.path, place, b"", b"", entry.waiting).discard()
            continue
        old = (folder / str(number)).read_bytes()
        if _digest(old) != entry.old:
            raise PatchError(f"{folder} is damaged, so {entry.path} cannot be put back")
        with opened_folder(record.project, entry.path) as place:
            file = Replacement(entry.path, place, old, b"", entry.waiting)
            file.discard()
            if unfinished and states[entry.path] == "new":
                file.restore()
    if not (begun and unfinished):
        return Recovered(record.project, (), ())
    return Recovered(
        record.project,
        tuple(path for path, state in states.items() if state == "new"),
        tuple(path for path, state in states.items() if state in ("other", "gone")),
    )


def _state(project: Path, entry: _Entry) -> str:
    """What a file holds: its "old" or "new" bytes, "other" ones, or it is "gone" (or a link)."""
    try:
        with opened_folder(project, entry.path) as place:
            digest = _digest(read_regular(place, entry.path)[0])
    except PatchError:
        return "gone"
    return {entry.old: "old", entry.new: "new"}.get(digest, "other")


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
