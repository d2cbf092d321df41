"""The SQLite file of a run: made, opened for writing by one process, or for reading by any."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from repairlsp.errors import UsageError

SCHEMA_VERSION = 1
_APPLICATION = 0x52455041  # "REPA": tells our files from other SQLite files
_SCHEMA = Path(__file__).with_name("schema.sql")
_BUSY_SECONDS = 30.0


class StoreError(UsageError):
    """A file is no run, or is not as it should be."""


def create(path: Path, head: str) -> sqlite3.Connection:
    """A new file with the head of a run. Raises StoreError where there is one already."""
    if is_blank(path):
        _remove(path)
    if path.exists():
        raise StoreError(
            f"{path} is there already", "go on with it by --resume, or name another file"
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = _connect(path)
    # All in one transaction, so that a file is either a run or blank.
    connection.executescript(f"BEGIN; {_SCHEMA.read_text('utf-8')}")
    connection.execute("INSERT INTO run VALUES (?)", (head,))
    connection.execute(f"PRAGMA application_id = {_APPLICATION}")
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    connection.execute("COMMIT")
    return connection


def is_blank(path: Path) -> bool:
    """Whether a file holds nothing: what a kill in the first moment of a run left."""
    if not path.is_file():
        return False
    try:
        with closing(sqlite3.connect(path, timeout=_BUSY_SECONDS)) as connection:
            (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            return bool(tables == 0)
    except sqlite3.DatabaseError:
        return False


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def open_file(path: Path, *, writable: bool) -> sqlite3.Connection:
    """Open a run. Raises StoreError where it is none, or of another version of this program."""
    if not path.is_file():
        raise StoreError(f"there is no run {path}", "make one by `repair-eval run`")
    connection = _connect(path)
    try:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
    except sqlite3.DatabaseError as error:
        connection.close()
        raise StoreError(f"{path} is not a run: {error}") from error
    if application != _APPLICATION:
        connection.close()
        raise StoreError(f"{path} is not a run of repair-eval")
    if version != SCHEMA_VERSION:
        connection.close()
        raise StoreError(
            f"{path} has schema version {version}, this program {SCHEMA_VERSION}",
            "use the version of repairlsp that made it",
        )
    if not writable:
        connection.execute("PRAGMA query_only = ON")
    return connection


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)
    # A commit is an append to the log: a kill loses nothing that was committed, and readers (a
    # report of a run that goes on) never wait.
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection
