"""Takes over the lists of other libraries."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from shelf.books import Book, Books
from shelf.database import Database


def read_list(path: Path) -> list[Book]:
    """The books of a CSV file with the columns isbn, title, author and perhaps copies."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Book(row["isbn"], row["title"], row["author"], int(row.get("copies") or 1))
            for row in csv.DictReader(file)
        ]


def import_files(database: Database, paths: Sequence[Path], threads: int = 2) -> int:
    """Add the books of several lists, `threads` at a time; the number of entries read."""
    books = Books(database)

    def take_over(path: Path) -> int:
        try:
            found = read_list(path)
            books.add(found)
            return len(found)
        finally:
            database.close()

    with ThreadPoolExecutor(max_workers=threads) as pool:
        return sum(pool.map(take_over, paths))
