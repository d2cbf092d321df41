import pytest
from shelf import Book, Books, migrate


@pytest.fixture
def books(database):
    migrate(database)
    return Books(database)


def test_add(books):
    books.add([Book("1", "Dune", "Frank Herbert"), Book("2", "Emma", "Jane Austen")])
    assert books.count() == 2


def test_all_or_none(books):
    with pytest.raises(Exception, match="NOT NULL"):
        books.add([Book("1", "Dune", "Frank Herbert"), Book("2", None, "Jane Austen")])
    assert books.count() == 0
