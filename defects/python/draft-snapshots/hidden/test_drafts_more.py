import pytest
from drafts import Draft


@pytest.fixture
def draft():
    return Draft({"address": {"city": "Bern", "lines": ["a", "b"]}, "tags": ["x"]})


def test_changes_after_saving(draft):
    draft.save("one")
    draft.fields["address"]["lines"][0] = "z"
    draft.fields["tags"].clear()
    assert draft.changed(1) == ["address", "tags"]
    draft.restore(1)
    assert draft.fields == {"address": {"city": "Bern", "lines": ["a", "b"]}, "tags": ["x"]}


def test_changes_after_restoring(draft):
    draft.save("one")
    draft.restore(1)
    draft.fields["tags"].append("y")
    draft.fields["address"]["city"] = "Basel"
    assert draft.changed(1) == ["address", "tags"]
    draft.restore(1)
    assert draft.changed(1) == []
    assert draft.fields["address"]["city"] == "Bern"


def test_versions_do_not_share(draft):
    draft.save("one")
    draft.fields["tags"].append("y")
    draft.save("two")
    draft.fields["tags"].append("z")
    draft.save("three")
    for number, tags in [(1, ["x"]), (3, ["x", "y", "z"]), (2, ["x", "y"])]:
        draft.restore(number)
        assert draft.fields["tags"] == tags


def test_the_fields_given_are_those_of_the_draft():
    fields = {"a": []}
    draft = Draft(fields)
    fields["a"].append(1)
    assert draft.fields == {"a": [1]}


@pytest.mark.parametrize("number", [0, 2, -1])
def test_numbers(draft, number):
    draft.save("one")
    with pytest.raises(LookupError):
        draft.changed(number)
