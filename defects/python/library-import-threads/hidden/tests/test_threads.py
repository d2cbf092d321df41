import sqlite3
import threading

import pytest
from shelf import Book, Books, Database, import_files, migrate


def in_thread(function):
    """What the function returns in a thread of its own; its exception is raised here."""
    outcome = []

    def run():
        try:
            outcome.append((function(), None))
        except BaseException as error:
            outcome.append((None, error))

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    value, error = outcome[0]
    if error is not None:
        raise error
    return value


def test_other_threads_see_what_is_stored(books):
    books.add([Book("1", "Dune", "Frank Herbert")])
    assert in_thread(lambda: books.get("1").title) == "Dune"
    in_thread(lambda: books.add([Book("2", "Emma", "Jane Austen")]))
    assert books.count() == 2


def test_a_thread_keeps_its_connection(database):
    def is_kept():
        first = database.connection
        first.execute("SELECT 1")
        return database.connection is first

    assert is_kept()
    assert in_thread(is_kept)


def test_threads_do_not_share_a_connection(database):
    here = database.connection
    assert in_thread(lambda: database.connection is not here)
    assert database.connection is here


def test_every_connection_is_set_up(database):
    def settings():
        row = database.connection.execute("PRAGMA foreign_keys").fetchone()
        return row["foreign_keys"], database.connection.isolation_level

    assert settings() == in_thread(settings) == (1, None)


def test_closed_and_used_again(database, books):
    books.add([Book("1", "Dune", "Frank Herbert")])
    before = database.connection
    database.close()
    with pytest.raises(sqlite3.ProgrammingError):
        before.execute("SELECT 1")
    assert books.count() == 1
    database.close()
    database.close()


def test_closing_in_a_thread_leaves_the_others_open(database, books):
    in_thread(database.close)
    in_thread(lambda: (books.count(), database.close()))
    assert books.count() == 0


def test_two_databases(tmp_path):
    for name in ("a.db", "b.db"):
        other = Database(tmp_path / name, durable=False)
        in_thread(lambda other=other: (migrate(other), other.close()))
        assert Books(other).count() == 0
        other.close()


def test_many_lists_in_one_thread_each(database, books, tmp_path):
    paths = []
    for number in range(6):
        paths.append(tmp_path / f"{number}.csv")
        paths[-1].write_text(f"isbn,title,author\n{number},Title {number},Somebody\n0,x,y\n")
    assert import_files(database, paths, threads=1) == 12
    assert books.count() == 6
    assert books.get("0").copies == 7
