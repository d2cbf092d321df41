import pytest
from shelf import Book, Books, Database, migrate

TITLES = {
    "1": ("100% Wool: A Knitter's Year", "Ada Lindqvist"),
    "2": ("100 Days in the Alps", "Marc Keller"),
    "3": ("The Alpine Garden", "Ada Brunner"),
    "4": ("Naming Things: snake_case and Friends", "R. Osei"),
    "5": ("Snakes: Case by Case", "T. Ekman"),
    "6": (r"The C:\Temp Chronicles", "Lena Vogt"),
}


@pytest.fixture
def books(tmp_path):
    database = Database(tmp_path / "shelf.db", durable=False)
    migrate(database)
    made = Books(database)
    made.add(Book(isbn, *names) for isbn, names in TITLES.items())
    yield made
    database.close()
