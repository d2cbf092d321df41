import pytest
from drafts import Draft


def test_restore():
    draft = Draft({"name": "Ann"})
    draft.save("first page")
    draft.fields["name"] = "Bea"
    draft.restore(1)
    assert draft.fields == {"name": "Ann"}


def test_history():
    draft = Draft()
    assert draft.save("empty") == 1
    assert draft.save("still empty") == 2
    assert draft.history == ["1: empty", "2: still empty"]


def test_children_that_were_added_later():
    draft = Draft({"children": [{"name": "Cy"}]})
    draft.save("one child")
    draft.fields["children"].append({"name": "Dot"})
    assert draft.changed(1) == ["children"]
    draft.restore(1)
    assert draft.fields == {"children": [{"name": "Cy"}]}
    draft.fields["children"][0]["name"] = "Eve"
    assert draft.changed(1) == ["children"]


def test_no_such_version():
    with pytest.raises(LookupError):
        Draft().restore(1)
