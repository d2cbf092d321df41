"""Commits of repositories that came with a suite: their files are written, and nothing is run that
the repository names."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from repair_eval.suite.commit import Commit


def git(folder: Path, *words: str) -> str:
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    done = subprocess.run(
        ["git", *identity, *words], cwd=folder, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


@pytest.mark.parametrize("hashes", ["sha1", "sha256"])
def test_what_the_repository_names_is_not_run(tmp_path: Path, hashes: str) -> None:
    source, ran = tmp_path / "source", tmp_path / "ran"
    source.mkdir()
    git(source, "init", "--quiet", f"--object-format={hashes}")
    (source / "a.py").write_bytes(b"x = 1\r\n")
    (source / ".gitattributes").write_text("*.py filter=evil\n")
    git(source, "add", ".")
    git(source, "commit", "--quiet", "-m", "first")
    id_ = git(source, "rev-parse", "HEAD")
    bare = tmp_path / "source.git"
    git(tmp_path, "clone", "--quiet", "--bare", str(source), str(bare))
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {ran}\ncat\n")
    program.chmod(0o755)
    for setting in ("filter.evil.smudge", "filter.evil.clean", "core.fsmonitor"):
        git(bare, "config", setting, str(program))
    for hook in ("post-index-change", "post-checkout"):
        (bare / "hooks").mkdir(exist_ok=True)
        (bare / "hooks" / hook).write_bytes(program.read_bytes())
        (bare / "hooks" / hook).chmod(0o755)
    before = {path: path.stat().st_mtime_ns for path in bare.rglob("*")}
    Commit(bare, id_).check_out(tmp_path / "out")
    assert (tmp_path / "out" / "a.py").read_bytes() == b"x = 1\r\n"
    assert not ran.exists()
    assert {path: path.stat().st_mtime_ns for path in bare.rglob("*")} == before
