from shelf import Book

DUNE = Book("0441013597", "Dune", "Frank Herbert")
EMMA = Book("0141439580", "Emma", "Jane Austen", copies=2)


def test_add_and_get(books):
    books.add([DUNE, EMMA])
    assert books.get(EMMA.isbn) == EMMA
    assert books.get("0") is None


def test_more_copies(books):
    books.add([DUNE])
    books.add([Book(DUNE.isbn, "dune", "", copies=3)])
    assert books.get(DUNE.isbn) == Book(DUNE.isbn, "Dune", "Frank Herbert", copies=4)


def test_search(books):
    books.add([EMMA, DUNE])
    assert books.search("herb dune") == [DUNE]
