"""Applying patches to real files: all or nothing."""

import codecs
import os
import stat
from pathlib import Path

import pytest

from repairlsp.errors import PatchError
from repairlsp.patches import apply
from repairlsp.types import Edit, LineSpan


def snapshot(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Every file below a folder with its mode and bytes; temporary files would show up."""
    return {
        str(file.relative_to(folder)): (file.stat().st_mode, file.read_bytes())
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def edit(path: str, line: int, *lines: str) -> Edit:
    return Edit(path, LineSpan(line, line + 1), lines)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"a\nb\n", b"a\nX\n"),
        (b"a\r\nb\r\nc", b"a\r\nX\r\nc"),
        (codecs.BOM_UTF8 + b"a\nb", codecs.BOM_UTF8 + b"a\nX"),
        (b"# coding: latin-1\nb\n\xe9\n", b"# coding: latin-1\nX\n\xe9\n"),
        (b"a\rb\rc\f\x0b\n", b"a\rX\rc\f\x0b\n"),
    ],
)
def test_only_the_edited_line_changes(tmp_path: Path, before: bytes, after: bytes) -> None:
    (tmp_path / "a.py").write_bytes(before)
    assert apply(tmp_path, [edit("a.py", 2, "X")], {"a.py": before}) == ("a.py",)
    assert list(snapshot(tmp_path).values()) == [((tmp_path / "a.py").stat().st_mode, after)]


@pytest.mark.parametrize("mode", [0o644, 0o600, 0o755, 0o664])
def test_the_mode_is_kept(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "a.py"
    file.write_bytes(b"a\n")
    file.chmod(mode)
    apply(tmp_path, [edit("a.py", 1, "b")], {"a.py": b"a\n"})
    assert file.read_bytes() == b"b\n"
    assert stat.S_IMODE(file.stat().st_mode) == mode


def several(tmp_path: Path) -> tuple[list[Edit], dict[str, bytes]]:
    expected = {}
    for path in ("a.py", "pkg/b.py", "pkg/sub/c.py"):
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"1\n2\n3\n")
        expected[path] = b"1\n2\n3\n"
    edits = [edit(path, line, "new") for path in expected for line in (3, 1)]
    return edits, expected


def test_several_files(tmp_path: Path) -> None:
    edits, expected = several(tmp_path)
    assert apply(tmp_path, edits, expected) == tuple(expected)
    assert {data for _, data in snapshot(tmp_path).values()} == {b"new\n2\nnew\n"}


def test_a_changed_file_refuses_the_whole_patch(tmp_path: Path) -> None:
    edits, expected = several(tmp_path)
    (tmp_path / "pkg/sub/c.py").write_bytes(b"1\n2\n3\n4\n")
    before = snapshot(tmp_path)
    with pytest.raises(PatchError, match="changed since") as caught:
        apply(tmp_path, edits, expected)
    assert caught.value.hint
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize("broken", ["link", "folder link", "missing", "directory", "unknown"])
def test_what_is_not_a_plain_file_is_refused(tmp_path: Path, broken: str) -> None:
    project = tmp_path / "project"
    edits, expected = several(project)
    last = project / "pkg/sub/c.py"
    if broken == "unknown":
        del expected["pkg/sub/c.py"]
    elif broken == "folder link":
        last.parent.rename(tmp_path / "away")
        last.parent.symlink_to(tmp_path / "away")
    else:
        last.rename(tmp_path / "c.py")
        if broken == "link":
            last.symlink_to(tmp_path / "c.py")
        elif broken == "directory":
            last.mkdir()
    before = snapshot(tmp_path)
    with pytest.raises(PatchError):
        apply(project, edits, expected)
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize("path", ["../out.py", "/tmp/out.py", ".git/config", "pkg/../../out.py"])
def test_nothing_outside_the_project(tmp_path: Path, path: str) -> None:
    project = tmp_path / "project"
    (project / ".git").mkdir(parents=True)
    (project / "pkg").mkdir()
    for file in (tmp_path / "out.py", project / ".git/config"):
        file.write_bytes(b"a\n")
    before = snapshot(tmp_path)
    with pytest.raises(PatchError):
        apply(project, [edit(path, 1, "b")], {path: b"a\n"})
    assert snapshot(tmp_path) == before


def test_the_other_name_of_a_hard_link_keeps_its_text(tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    (tmp_path / "outside.py").write_bytes(b"a\n")
    os.link(tmp_path / "outside.py", project / "a.py")
    apply(project, [edit("a.py", 1, "b")], {"a.py": b"a\n"})
    assert (project / "a.py").read_bytes() == b"b\n"
    assert (tmp_path / "outside.py").read_bytes() == b"a\n"


@pytest.mark.parametrize("which", ["a.py", "pkg/sub"])
def test_read_only_files_and_folders(tmp_path: Path, which: str) -> None:
    edits, expected = several(tmp_path)
    before = snapshot(tmp_path)
    protected = tmp_path / which
    mode = protected.stat().st_mode
    protected.chmod(mode & ~0o222)
    try:
        with pytest.raises(PatchError, match="read-only") as caught:
            apply(tmp_path, edits, expected)
    finally:
        protected.chmod(mode)
    assert "chmod" in caught.value.hint
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize("failure", [OSError(28, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize("at", range(3))
@pytest.mark.parametrize("call", ["replace", "fsync"])
def test_a_failure_half_way_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: BaseException, at: int, call: str
) -> None:
    # A full disk and a Ctrl-C at a given system call cannot be had for real.
    edits, expected = several(tmp_path)
    before = snapshot(tmp_path)
    real, calls = getattr(os, call), []

    def failing(*args: object, **kwargs: object) -> object:
        calls.append(args)
        if len(calls) == at + 1:
            raise failure
        return real(*args, **kwargs)

    monkeypatch.setattr(os, call, failing)
    with pytest.raises((PatchError, KeyboardInterrupt)):
        apply(tmp_path, edits, expected)
    assert snapshot(tmp_path) == before


def test_an_edit_that_changes_nothing_writes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    file.write_bytes(b"a\n")
    inode = file.stat().st_ino
    assert apply(tmp_path, [edit("a.py", 1, "a")], {"a.py": b"a\n"}) == ()
    assert file.stat().st_ino == inode


def test_a_character_outside_the_encoding_changes_nothing(tmp_path: Path) -> None:
    data = b"# coding: latin-1\nb\n"
    (tmp_path / "a.py").write_bytes(data)
    with pytest.raises(PatchError, match="does not fit"):
        apply(tmp_path, [edit("a.py", 2, "\u20ac")], {"a.py": data})
    assert list(snapshot(tmp_path)) == ["a.py"]
    assert (tmp_path / "a.py").read_bytes() == data
