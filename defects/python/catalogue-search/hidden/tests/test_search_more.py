import pytest


def found(books, text):
    return {book.isbn for book in books.search(text)}


@pytest.mark.parametrize(
    ("text", "isbns"),
    [
        ("%", {"1"}),
        ("0%0", set()),
        ("_", {"4"}),
        ("snake_case", {"4"}),
        ("Snake_", {"4"}),
        ("s_ake", set()),
        ("\\", {"6"}),
        (r"c:\temp", {"6"}),
        (r"100\%", set()),
        (r"\_", set()),
        ("%% 100", set()),
        ("100% wool lind", {"1"}),
        ("wool % ada", {"1"}),
        ("snake", {"4", "5"}),
        ("' OR 1=1 --", set()),
        ("knitter's", {"1"}),
        ("?", set()),
        ("[a-z]*", set()),
        ("the alp", {"2", "3"}),
        ("gardenada", set()),
    ],
)
def test_no_character_is_special(books, text, isbns):
    assert found(books, text) == isbns


def test_order_of_words_does_not_matter(books):
    assert books.search("ada alp") == books.search("alp ada") != []


def test_sorted_by_title(books):
    titles = [book.title for book in books.search("a")]
    assert titles == sorted(titles)
    assert len(titles) == 6
