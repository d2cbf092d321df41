"""The schema and its history."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from shelf.database import Database


class Migration(NamedTuple):
    """A step from one version of the schema to the next: SQL statements without semicolons."""

    version: int
    statements: tuple[str, ...]


MIGRATIONS = (
    Migration(
        1,
        (
            """
            CREATE TABLE books (
                isbn TEXT PRIMARY KEY,
                title TEXT NOT NULL,
                author TEXT NOT NULL
            )
            """,
            "CREATE INDEX books_by_title ON books (title)",
        ),
    ),
    Migration(2, ("ALTER TABLE books ADD COLUMN copies INTEGER NOT NULL DEFAULT 1",)),
)


def schema_version(database: Database) -> int:
    """The version of the schema in the file; 0 for an empty file."""
    (version,) = database.connection.execute("PRAGMA user_version").fetchone()
    return version


def migrate(database: Database, migrations: Sequence[Migration] = MIGRATIONS) -> int:
    """Bring the schema up to date; how many migrations were needed.

    They run in order, each as a whole: one that fails leaves the file as it was after the one
    before it, and its sqlite3.Error goes to the caller.
    """
    present = schema_version(database)
    needed = [migration for migration in migrations if migration.version > present]
    for migration in needed:
        with database.transaction() as connection:
            for statement in migration.statements:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {migration.version}")
    return len(needed)
