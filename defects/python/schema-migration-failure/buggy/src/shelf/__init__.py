"""The catalogue of a small lending library, in one SQLite file."""

from shelf.books import Book, Books
from shelf.database import Database
from shelf.importer import import_files
from shelf.migrations import MIGRATIONS, Migration, migrate

__all__ = [
    "MIGRATIONS",
    "Book",
    "Books",
    "Database",
    "Migration",
    "import_files",
    "migrate",
]
