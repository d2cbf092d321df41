import pytest
from mirror import Ignore, sync


@pytest.mark.parametrize(
    "extra",
    [
        {"a": None},
        {"a/b/c/d": None},
        {"a/b.txt": "", "a/b/c.txt": "", "a-b/c.txt": ""},
        {"a/x.txt": "", "a.txt": "", "a b/y": "", "a/b/z": ""},
        {"z/y/x": "", "z/a/b": "", "0/1": None},
    ],
)
def test_everything_goes(tree, names, extra):
    source, target = tree("a", {"keep/x": "1"}), tree("b", {"keep/x": "1", **extra})
    sync(source, target)
    assert names(target) == ["keep", "keep/x"]
    assert sync(source, target).describe() == ""


def test_inside_of_a_folder_that_stays(tree, names):
    source = tree("a", {"docs/x": ""})
    target = tree("b", {"docs/x": "", "docs/old/deep/y": "", "docs/empty": None})
    sync(source, target)
    assert names(target) == ["docs", "docs/x"]


def test_a_file_takes_the_place_of_a_folder(tree, names):
    source, target = tree("a", {"x": "file"}), tree("b", {"x/y/z": "", "x/w": ""})
    sync(source, target)
    assert names(target) == ["x"]
    assert (target / "x").read_text() == "file"


def test_a_folder_takes_the_place_of_a_file(tree, names):
    source, target = tree("a", {"x/y/z": "1"}), tree("b", {"x": "file"})
    sync(source, target)
    assert names(target) == ["x", "x/y", "x/y/z"]


def test_ignored_files_keep_their_folders(tree, names):
    source = tree("a", {})
    target = tree("b", {"x/y/keep.me": "", "x/y/z": "", "x/w/v": ""})
    sync(source, target, Ignore(["*.me"]))
    assert names(target) == ["x", "x/y", "x/y/keep.me"]


def test_a_dry_run_does_nothing(tree, names):
    source, target = tree("a", {}), tree("b", {"x/y": ""})
    plan = sync(source, target, dry_run=True)
    assert set(plan.remove) == {"x", "x/y"}
    assert names(target) == ["x", "x/y"]
