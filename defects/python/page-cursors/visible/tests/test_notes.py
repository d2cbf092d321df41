import pytest
from notes import BadCursor, Note, Notebook


@pytest.fixture
def notebook():
    made = Notebook()
    for number in range(1, 8):
        made.add(Note(f"2024-05-{number:02}", number))
    return made


def numbers(page):
    return [note.number for note in page.notes]


def test_first_page(notebook):
    page = notebook.page(size=3)
    assert numbers(page) == [1, 2, 3]
    assert page.cursor is not None


def test_all_on_one_page(notebook):
    page = notebook.page(size=7)
    assert numbers(page) == [1, 2, 3, 4, 5, 6, 7]
    assert page.cursor is None


def test_second_page(notebook):
    first = notebook.page(size=3)
    assert numbers(notebook.page(first.cursor, size=3)) == [4, 5, 6]


def test_bad_cursor(notebook):
    with pytest.raises(BadCursor):
        notebook.page("page-2")
