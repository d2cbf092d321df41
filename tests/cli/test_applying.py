"""`--apply`, and what a killed one left."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from repairlsp.cli.applying import apply_patch, put_right
from repairlsp.errors import PatchError
from repairlsp.types import Edit, LineSpan, Patch
from tests.patches.test_journal import EXPECTED, contents, half_written, project_in

OLD = b"x = 1\n"


def patch_of(path: str, old: bytes = OLD) -> Patch:
    edit = Edit(path, LineSpan(1, 2), ("x = 2",))
    digests = {path: hashlib.sha256(old).hexdigest()}
    return Patch("", (edit,), "verified", "template", 1, None, None, None, 1.0, sha256=digests)


def test_a_file_is_patched(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_bytes(b"x = 1\r\n")
    apply_patch(tmp_path, patch_of("a.py", b"x = 1\r\n"))
    assert (tmp_path / "a.py").read_bytes() == b"x = 2\r\n"


@pytest.mark.parametrize("year", [-50, 0, 50])
def test_a_file_that_was_changed_is_refused_whatever_its_times_say(
    tmp_path: Path, year: int
) -> None:
    """Times lie: somebody puts an old one back, or sets the clock."""
    file = tmp_path / "a.py"
    file.write_bytes(OLD + b"typed since\n")
    moment = file.stat().st_mtime + year * 365 * 86400
    os.utime(file, (moment, moment))
    with pytest.raises(PatchError, match=r"a\.py was changed while"):
        apply_patch(tmp_path, patch_of("a.py"))
    assert file.read_bytes() == OLD + b"typed since\n"
    file.write_bytes(OLD)  # and taken back again: what was tested
    apply_patch(tmp_path, patch_of("a.py"))


@pytest.mark.parametrize("path", ["link.py", "test_a.py", "../out.py", "linked/a.py"])
def test_the_policy_is_asked_once_more(tmp_path: Path, path: str) -> None:
    """Checks 17 and 18: the file may have become a link since the patch was screened."""
    project = tmp_path / "project"
    (project / "pkg").mkdir(parents=True)
    for file in (tmp_path / "out.py", project / "test_a.py", project / "pkg/a.py"):
        file.write_bytes(OLD)
    (project / "link.py").symlink_to("../out.py")
    (project / "linked").symlink_to("pkg")
    with pytest.raises(PatchError):
        apply_patch(project, patch_of(path))
    assert {file.read_bytes() for file in tmp_path.rglob("*.py")} == {OLD}


def test_what_a_kill_left_is_put_right_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    project = project_in(tmp_path)
    half_written(project)
    put_right()
    told = capsys.readouterr().err
    assert str(project) in told
    assert "put back as it was: a.py, pkg/b.py" in told
    assert contents(project) == EXPECTED
    put_right()
    assert capsys.readouterr().err == ""
