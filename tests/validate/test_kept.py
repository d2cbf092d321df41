"""What a session left for itself is there for each of its children, as it was."""

import os
import shutil
from pathlib import Path

import pytest

from repairlsp.validate.kept import KeptFolder


def tree(folder: Path) -> dict[str, str | None]:
    return {
        path.relative_to(folder).as_posix(): os.readlink(path)  # noqa: PTH115 (as written)
        if path.is_symlink()
        else path.read_text()
        if path.is_file()
        else None
        for path in folder.rglob("*")
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    (folder / "cache" / "empty").mkdir(parents=True)
    (folder / "cache" / "fonts.json").write_text("{}")
    (folder / "link").symlink_to("cache/fonts.json")
    (folder / "lost").symlink_to("nowhere")
    return folder


def remove_all(folder: Path) -> None:
    shutil.rmtree(folder)


def change(folder: Path) -> None:
    (folder / "cache" / "fonts.json").write_text("[]")


def put_other_kinds(folder: Path) -> None:
    (folder / "cache" / "empty").rmdir()
    (folder / "cache" / "empty").write_text("a file")
    (folder / "link").unlink()
    (folder / "link").mkdir()


def add(folder: Path) -> None:
    (folder / "new" / "deep").mkdir(parents=True)
    (folder / "new" / "deep" / "file").write_text("x")
    (folder / "cache" / "more").symlink_to(folder)


@pytest.mark.parametrize("meddle", [remove_all, change, put_other_kinds, add])
def test_it_is_put_back(folder, tmp_path, meddle):
    kept = KeptFolder(folder, tmp_path / "store")
    before = tree(folder)
    for _ in range(2):
        meddle(folder)
        assert not folder.exists() or tree(folder) != before
        kept.restore()
        assert tree(folder) == before


def test_what_is_unchanged_stays_where_it_is(folder, tmp_path):
    kept = KeptFolder(folder, tmp_path / "store")
    number = (folder / "cache" / "fonts.json").stat().st_ino
    add(folder)
    kept.restore()
    assert (folder / "cache" / "fonts.json").stat().st_ino == number


def test_an_empty_folder_is_emptied(tmp_path):
    (tmp_path / "home").mkdir()
    kept = KeptFolder(tmp_path / "home", tmp_path / "store")
    add_to = tmp_path / "home" / "file"
    add_to.write_text("x")
    kept.restore()
    assert tree(tmp_path / "home") == {}


def test_too_much_is_refused(tmp_path):
    (tmp_path / "home").mkdir()
    with (tmp_path / "home" / "big").open("wb") as file:
        file.truncate(65 << 20)
    with pytest.raises(ValueError, match="more than 64 MB"):
        KeptFolder(tmp_path / "home", tmp_path / "store")
    (tmp_path / "home" / "big").unlink()
    os.mkfifo(tmp_path / "home" / "pipe")
    with pytest.raises(ValueError, match="a pipe"):
        KeptFolder(tmp_path / "home", tmp_path / "store")
