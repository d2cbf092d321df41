from history import History


def test_redo_after_a_new_edit_changes_nothing():
    history = History("")
    for text in ("a", "ab", "abc"):
        history.edit(text)
    history.undo()
    history.undo()
    history.edit("ax")
    assert not history.redo()
    assert history.text == "ax"
    assert history.undo()
    assert history.text == "a"


def test_the_same_text_is_no_edit_and_keeps_the_redo():
    history = History("a")
    history.edit("b")
    history.undo()
    history.edit("a")
    assert history.can_redo
    assert history.redo()
    assert history.text == "b"


def test_redo_keeps_the_other_steps():
    history = History("0")
    for text in "1234":
        history.edit(text)
    for _ in range(3):
        history.undo()
    assert history.redo() and history.text == "2"
    assert history.redo() and history.text == "3"
    assert history.can_redo


def test_the_limit():
    history = History("0", limit=2)
    for text in "123":
        history.edit(text)
    assert history.undo() and history.undo()
    assert history.text == "1"
    assert not history.can_undo
