import pytest
from mirror import Ignore, sync


@pytest.fixture
def tree(tmp_path):
    def make(name, *paths):
        folder = tmp_path / name
        folder.mkdir()
        for path in paths:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(f"{name} {path}")
        return folder

    return make


def files(folder):
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )


def test_each_side_keeps_its_own(tree):
    source, target = tree("a", "x", "log.txt"), tree("b", "x", "log.txt", "old.log")
    plan = sync(source, target, Ignore(["log.*", "*.log"]))
    assert (plan.remove, plan.copy) == ((), ("x",))
    assert (target / "log.txt").read_text() == "b log.txt"
    assert (target / "old.log").read_text() == "b old.log"
    assert files(source) == ["log.txt", "x"]


def test_folders_with_all_that_is_in_them(tree):
    source = tree("a", "x", "cache/1")
    target = tree("b", "cache/2", "deep/cache/3/4", "deep/y")
    sync(source, target, Ignore(["cache"]))
    assert files(target) == ["cache/2", "deep/cache/3/4", "x"]


def test_what_is_not_ignored_is_removed(tree):
    source, target = tree("a", "x"), tree("b", "y", "z/w", "z/v.tmp")
    sync(source, target, Ignore(["*.tmp"]))
    assert files(target) == ["x", "z/v.tmp"]


def test_again(tree):
    source, target = tree("a", "x"), tree("b", "notes.me")
    ignore = Ignore(["*.me"])
    sync(source, target, ignore)
    assert sync(source, target, ignore).describe() == ""


def test_no_patterns(tree):
    source, target = tree("a", "x"), tree("b", "x.tmp", ".hidden")
    sync(source, target)
    assert files(target) == ["x"]


def test_a_dry_run_says_the_same(tree):
    source, target = tree("a", "x", "x.tmp"), tree("b", "y", "y.tmp")
    plan = sync(source, target, Ignore(["*.tmp"]), dry_run=True)
    assert plan.describe() == "- y\n> x"
