def found(books, text):
    return {book.isbn for book in books.search(text)}


def test_title_and_author(books):
    assert found(books, "alp ada") == {"3"}


def test_any_case(books):
    assert found(books, "ALPS") == {"2"}
    assert found(books, "lindQVIST") == {"1"}


def test_by_title(books):
    assert [book.title[:6] for book in books.search("100")] == ["100 Da", "100% W"]


def test_percent(books):
    assert found(books, "100%") == {"1"}


def test_nothing_asked_finds_all(books):
    assert len(books.search("  ")) == 6
