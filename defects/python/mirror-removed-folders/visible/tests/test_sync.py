from mirror import Ignore, sync
from mirror.__main__ import main


def test_copies(tree, names, tmp_path):
    source = tree("a", {"x.txt": "x", "docs/y.txt": "y", "empty": None})
    sync(source, tmp_path / "b")
    assert names(tmp_path / "b") == ["docs", "docs/y.txt", "empty", "x.txt"]
    assert (tmp_path / "b/docs/y.txt").read_text() == "y"


def test_only_what_changed(tree):
    source = tree("a", {"x.txt": "new", "y.txt": "same"})
    target = tree("b", {"x.txt": "old", "y.txt": "same"})
    assert sync(source, target).copy == ("x.txt",)
    assert (target / "x.txt").read_text() == "new"


def test_removed_files(tree, names):
    source, target = tree("a", {"x.txt": ""}), tree("b", {"x.txt": "", "y.txt": ""})
    assert sync(source, target).remove == ("y.txt",)
    assert names(target) == ["x.txt"]


def test_removed_folders(tree, names):
    source = tree("a", {"x.txt": ""})
    target = tree("b", {"x.txt": "", "old/2023/y.txt": "", "old/z.txt": ""})
    sync(source, target)
    assert names(target) == ["x.txt"]


def test_ignored(tree, names, tmp_path):
    source = tree("a", {"x.txt": "", "x.tmp": ""})
    sync(source, tmp_path / "b", Ignore(["*.tmp"]))
    assert names(tmp_path / "b") == ["x.txt"]


def test_up_to_date(tree, capsys):
    main([str(tree("a", {"x.txt": "x"})), str(tree("b", {"x.txt": "x"}))])
    assert capsys.readouterr().out == "up to date\n"
