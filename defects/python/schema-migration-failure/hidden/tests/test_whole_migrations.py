import sqlite3

import pytest
from shelf import MIGRATIONS, Book, Books, Migration, migrate
from shelf.migrations import schema_version


def names(database):
    """The tables and indexes in the file, also for a second connection."""
    with sqlite3.connect(database.path) as other:
        rows = other.execute("SELECT name FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    other.close()
    return {name for (name,) in rows}


def test_nothing_of_a_failed_migration_is_left(database):
    migrate(database)
    before = names(database)
    for at in range(3):
        statements = ["CREATE TABLE a (x)", "CREATE TABLE b (x)"]
        statements.insert(at, "CREATE NONSENSE")
        with pytest.raises(sqlite3.Error):
            migrate(database, [*MIGRATIONS, Migration(3, tuple(statements))])
        assert names(database) == before
        assert schema_version(database) == 2
        assert not database.connection.in_transaction


def test_data_is_rolled_back_too(database):
    migrate(database)
    Books(database).add([Book("1", "Dune", "Frank Herbert")])
    wipe = Migration(3, ("DELETE FROM books", "INSERT INTO nowhere VALUES (1)"))
    with pytest.raises(sqlite3.OperationalError):
        migrate(database, [*MIGRATIONS, wipe])
    assert Books(database).count() == 1


def test_those_before_it_are_kept(database):
    good = Migration(3, ("CREATE TABLE a (x)", "INSERT INTO a VALUES (7)"))
    bad = Migration(4, ("INSERT INTO a VALUES (8)", "CREATE TABLE a (x)"))
    with pytest.raises(sqlite3.OperationalError):
        migrate(database, [*MIGRATIONS, good, bad])
    assert schema_version(database) == 3
    assert [row["x"] for row in database.connection.execute("SELECT x FROM a")] == [7]


def test_after_a_failure_the_database_works(database):
    with pytest.raises(sqlite3.Error):
        migrate(database, [Migration(1, ("CREATE TABLE x (y)", "NONSENSE"))])
    assert schema_version(database) == 0
    assert migrate(database) == 2
    Books(database).add([Book("1", "Dune", "Frank Herbert")])
    assert Books(database).count() == 1


def test_all_statements_run(database):
    migrate(database)
    assert {"books", "books_by_title"} <= names(database)
    columns = database.connection.execute("PRAGMA table_info(books)").fetchall()
    assert [row["name"] for row in columns] == ["isbn", "title", "author", "copies"]


def test_statements_hold_semicolons_in_texts(database):
    step = Migration(1, ("CREATE TABLE a (x)", "INSERT INTO a VALUES ('1; 2')"))
    assert migrate(database, [step]) == 1
    assert database.connection.execute("SELECT x FROM a").fetchone()["x"] == "1; 2"
