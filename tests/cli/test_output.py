"""A result file is complete or not there, and keeps what the old one was."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from repairlsp.cli.output import append_job_summary, write
from tests.cli.command import environment


def test_a_new_file_gets_the_usual_permissions(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write(b"result", tmp_path / "out.json")
    finally:
        os.umask(before)
    assert (tmp_path / "out.json").read_bytes() == b"result"
    assert (tmp_path / "out.json").stat().st_mode & 0o777 == 0o640


def test_an_old_file_is_replaced_in_one_step_and_keeps_its_mode(tmp_path: Path) -> None:
    file = tmp_path / "out.json"
    file.write_bytes(b"old")
    file.chmod(0o604)
    with file.open("rb") as reader:  # who reads the old file goes on reading the old file
        write(b"new", file)
        assert reader.read() == b"old"
    assert file.read_bytes() == b"new"
    assert file.stat().st_mode & 0o777 == 0o604
    assert [entry.name for entry in tmp_path.iterdir()] == ["out.json"]


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real.json").write_bytes(b"old")
    (tmp_path / "link.json").symlink_to("real.json")
    write(b"new", tmp_path / "link.json")
    assert (tmp_path / "link.json").is_symlink()
    assert (tmp_path / "real.json").read_bytes() == b"new"


def test_a_failure_leaves_what_was_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write(b"new", tmp_path / "no" / "folder.json")
    (tmp_path / "folder").mkdir()
    with pytest.raises(IsADirectoryError):
        write(b"new", tmp_path / "folder")
    assert [entry.name for entry in tmp_path.iterdir()] == ["folder"]


def test_a_device_is_written_to_not_replaced() -> None:
    code = (
        "from pathlib import Path; from repairlsp.cli.output import write\n"
        "write(b'result', Path('/dev/stdout'))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(), capture_output=True, check=True
    )
    assert done.stdout == b"result"


def test_a_job_summary_is_added_to_and_cut_where_github_would_refuse_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(file))
    append_job_summary("# é\n")
    append_job_summary("more\n")
    assert file.read_text("utf-8") == "# é\nmore\n"
    file.unlink()
    append_job_summary("x" + "é" * (1 << 20))
    data = file.read_bytes()
    assert len(data) <= 1 << 20
    assert data.decode("utf-8").endswith("é\n\n(cut: GitHub takes 1 MiB)\n")


def test_outside_github_there_is_no_summary(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    monkeypatch.chdir(tmp_path)
    append_job_summary("# nothing\n")
    assert list(tmp_path.iterdir()) == []
