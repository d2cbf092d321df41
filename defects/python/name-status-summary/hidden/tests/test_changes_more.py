import pytest
from changes import Change, by_folder, read_changes, summary


@pytest.mark.parametrize(
    ("output", "changes"),
    [
        ("C100\0a\0b\0", [Change("copied", "b")]),
        ("R\0a\0b\0C\0c\0d\0", [Change("renamed", "b"), Change("copied", "d")]),
        ("D\0a\0R100\0M\0A\0T\0d\0", [("deleted", "a"), ("renamed", "A"), ("modified", "d")]),
        ("A\0with space\0", [Change("added", "with space")]),
        ("", []),
    ],
)
def test_changes(output, changes):
    assert list(read_changes(output)) == changes


def test_moves_count_where_the_file_is_now():
    output = "R100\0old/a.py\0new/a.py\0R090\0old/b.py\0b.py\0C050\0x.py\0new/x.py\0"
    assert by_folder(read_changes(output)) == {"new": 2, ".": 1}
    assert summary(output) == "2 renamed, 1 copied"


def test_nothing():
    assert summary("") == "no changes"


def test_a_renamed_file_then_nonsense():
    changes = read_changes("R100\0a\0b\0?\0c\0")
    assert next(changes) == Change("renamed", "b")
    with pytest.raises(ValueError):
        next(changes)
