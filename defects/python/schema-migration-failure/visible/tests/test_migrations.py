import sqlite3

import pytest
from shelf import MIGRATIONS, Book, Books, Migration, migrate
from shelf.migrations import schema_version


def test_from_an_empty_file(database):
    assert migrate(database) == len(MIGRATIONS)
    assert schema_version(database) == MIGRATIONS[-1].version
    assert migrate(database) == 0


def test_books_survive(database):
    migrate(database, MIGRATIONS[:1])
    database.connection.execute("INSERT INTO books VALUES ('1', 'Dune', 'Frank Herbert')")
    migrate(database)
    assert Books(database).get("1") == Book("1", "Dune", "Frank Herbert", copies=1)


def test_a_failed_migration_can_be_repeated(database):
    migrate(database)
    create = "CREATE TABLE loans (isbn TEXT REFERENCES books, reader TEXT)"
    broken = Migration(3, (create, "CREATE INDEX by_reader ON loan (reader)"))
    with pytest.raises(sqlite3.OperationalError):
        migrate(database, [*MIGRATIONS, broken])
    mended = Migration(3, (create, "CREATE INDEX by_reader ON loans (reader)"))
    assert migrate(database, [*MIGRATIONS, mended]) == 1
