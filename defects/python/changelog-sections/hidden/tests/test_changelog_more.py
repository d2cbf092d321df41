import pytest
from changelog import Release, notes_since, releases


def test_one_release():
    assert list(releases(["## 0.1 - 2020-01-01", "", "- a", "- b", ""])) == [
        Release("0.1", "2020-01-01", ["- a", "- b"])
    ]


def test_a_heading_at_the_end():
    found = list(releases(["## 2", "- x", "## 1"]))
    assert found == [Release("2", None, ["- x"]), Release("1", None, [])]


def test_no_releases():
    assert list(releases([])) == []
    assert list(releases(["# Changelog", "", "- not a release"])) == []


def test_each_release_once_and_with_its_own_lines():
    text = ["## 3", "- c", "", "more", "## 2", "## 1", "", "- a"]
    assert [(r.version, r.lines) for r in releases(text)] == [
        ("3", ["- c", "", "more"]),
        ("2", []),
        ("1", ["- a"]),
    ]


def test_since_the_oldest():
    assert notes_since(["## 3", "- c", "## 2", "* b", "## 1", "- a"], "1") == ["c", "b"]
    assert notes_since(["## 1", "- a"], "1") == []


def test_no_such_version_in_one_release():
    with pytest.raises(KeyError):
        notes_since(["## 1", "- a"], "2")
