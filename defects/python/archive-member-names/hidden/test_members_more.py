import pytest
from members import UnsafeMember, common_root, member_path, unpacked_paths


@pytest.mark.parametrize(
    ("name", "path"),
    [
        (".env", ".env"),
        ("./.env", ".env"),
        (".config/.hidden/x", ".config/.hidden/x"),
        ("...", "..."),
        ("./..data/x", "..data/x"),
        ("a/", "a"),
        (".", ""),
        ("./", ""),
        ("src\\.keep", "src/.keep"),
        ("./a.b", "a.b"),
    ],
)
def test_paths(name, path):
    assert member_path(name) == path


@pytest.mark.parametrize("name", ["/etc/passwd", "..", "a/..", "C:/x", "\\\\host\\x", "./../x"])
def test_unsafe(name):
    with pytest.raises(UnsafeMember):
        member_path(name)


def test_a_hidden_root():
    assert common_root(["./", "./.cache/a", "./.cache/b/c"]) == ".cache"
    assert common_root([".cache/a", "cache/b"]) is None
    assert common_root(["README"]) is None


def test_unpacked():
    names = ["./", "./.app/.rc", "./.app/bin/run"]
    assert unpacked_paths(names) == {"./.app/.rc": ".rc", "./.app/bin/run": "bin/run"}
