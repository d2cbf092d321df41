import pytest
from changes import Change, by_folder, read_changes, summary


def test_modified_and_added():
    output = "M\0src/app.py\0A\0README.md\0M\0src/cli.py\0"
    assert list(read_changes(output)) == [
        Change("modified", "src/app.py"),
        Change("added", "README.md"),
        Change("modified", "src/cli.py"),
    ]
    assert summary(output) == "2 modified, 1 added"


def test_folders():
    assert by_folder(read_changes("D\0docs/a/b.md\0D\0docs/c.md\0M\0x\0")) == {"docs": 2, ".": 1}


def test_a_renamed_file():
    output = "R087\0lib/old.py\0lib/new.py\0M\0setup.py\0"
    assert list(read_changes(output)) == [
        Change("renamed", "lib/new.py"),
        Change("modified", "setup.py"),
    ]


def test_unknown_status():
    with pytest.raises(ValueError, match="X"):
        list(read_changes("X\0a\0"))
