"""The books of the library."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from shelf.database import Database


@dataclass(frozen=True)
class Book:
    isbn: str
    title: str
    author: str
    copies: int = 1


class Books:
    """Stores and finds books."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, books: Iterable[Book]) -> None:
        """Store all of the books, or none where one cannot be stored.

        A book that is there already gets the new copies, and keeps its title and author.
        """
        with self._database.transaction() as connection:
            connection.executemany(
                "INSERT INTO books (isbn, title, author, copies) VALUES (?, ?, ?, ?) "
                "ON CONFLICT (isbn) DO UPDATE SET copies = copies + excluded.copies",
                [(book.isbn, book.title, book.author, book.copies) for book in books],
            )

    def get(self, isbn: str) -> Book | None:
        row = self._database.connection.execute(
            "SELECT * FROM books WHERE isbn = ?", (isbn,)
        ).fetchone()
        return None if row is None else _book(row)

    def count(self) -> int:
        """How many different books there are."""
        return self._database.connection.execute("SELECT count(*) FROM books").fetchone()[0]

    def search(self, text: str) -> list[Book]:
        """The books that have each word of `text` in their title or author, by title.

        A word may be a part of a longer one. Case does not matter, and no character is special.
        """
        words = text.split()
        condition = r"title || ' ' || author LIKE ? ESCAPE '\'"
        patterns = ["%" + re.sub(r"([\\%_])", r"\\\1", word) + "%" for word in words]
        where = " AND ".join([condition] * len(words)) or "1"
        rows = self._database.connection.execute(
            f"SELECT * FROM books WHERE {where} ORDER BY title, isbn", patterns
        )
        return [_book(row) for row in rows]


def _book(row: sqlite3.Row) -> Book:
    return Book(row["isbn"], row["title"], row["author"], row["copies"])
