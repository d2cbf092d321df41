import pytest
from notes import Note, Notebook


def notebook_of(*keys):
    notebook = Notebook()
    for created, number in keys:
        notebook.add(Note(created, number))
    return notebook


def pages(notebook, size):
    found, cursor = [], None
    for _ in range(100):
        page = notebook.page(cursor, size)
        found.append([note.number for note in page.notes])
        cursor = page.cursor
        if cursor is None:
            return found
    raise AssertionError("no last page")


@pytest.mark.parametrize("count", [0, 1, 2, 5, 6, 9])
@pytest.mark.parametrize("size", [1, 2, 3, 5, 10])
def test_every_note_once(count, size):
    notebook = notebook_of(*((f"{number:03}", number) for number in range(count)))
    found = pages(notebook, size)
    assert sum(found, []) == list(range(count))
    assert all(len(page) == size for page in found[:-1])
    assert 0 < len(found[-1]) <= size or count == 0


def test_notes_of_the_same_time():
    notebook = notebook_of(*(("noon", number) for number in (3, 1, 2, 5, 4)))
    assert pages(notebook, 2) == [[1, 2], [3, 4], [5]]


def test_a_note_that_is_added_behind_the_cursor():
    notebook = notebook_of(("a", 1), ("b", 2), ("d", 4), ("e", 5))
    page = notebook.page(size=2)
    notebook.add(Note("c", 3))
    notebook.add(Note("aa", 9))
    assert [note.number for note in notebook.page(page.cursor, 5).notes] == [3, 4, 5]


@pytest.mark.parametrize("gone", [2, 3])
def test_a_note_that_is_removed(gone):
    notebook = notebook_of(*((str(number), number) for number in (1, 2, 3, 4)))
    page = notebook.page(size=2)
    notebook.remove(gone)
    rest = [note.number for note in notebook.page(page.cursor, 5).notes]
    assert rest == [number for number in (3, 4) if number != gone]


def test_size():
    with pytest.raises(ValueError):
        Notebook().page(size=0)
