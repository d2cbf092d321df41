from history import History


def test_undo_and_redo():
    history = History("a")
    history.edit("ab")
    assert history.undo()
    assert history.text == "a"
    assert history.redo()
    assert history.text == "ab"


def test_nothing_to_undo():
    assert not History("a").undo()


def test_an_edit_after_an_undo_ends_the_redo():
    history = History("one")
    history.edit("two")
    history.undo()
    history.edit("three")
    assert not history.can_redo
