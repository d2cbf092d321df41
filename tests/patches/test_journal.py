"""kill -9 at any moment while a patch of several files is written (checks 15 and 17 to 19 hold for
a patch that is whole): the tree is the old one or the new one, at the latest after `recover`.

The killing is real: a forked process sends itself SIGKILL when it comes to the n-th line of our
own code.
"""

import os
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from repairlsp.errors import PatchError
from repairlsp.patches import apply, recover
from repairlsp.types import Edit, LineSpan

PATHS = ("a.py", "pkg/b.py", "pkg/sub/c.py")
OLD, NEW = b"1\r\n2\n3", b"1\r\nnew\n3"
EDITS = [Edit(path, LineSpan(2, 3), ("new",)) for path in PATHS]
EXPECTED = dict.fromkeys(PATHS, OLD)
EVERY = 13
"""Lines between two moments of the quick tests; the slow ones take every line."""


def project_in(tmp_path: Path) -> Path:
    project = tmp_path / "project"
    for path in PATHS:
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_bytes(OLD)
    return project


def contents(project: Path) -> dict[str, bytes]:
    """Every file, left-over ones included."""
    files = (file for file in project.rglob("*") if file.is_file())
    return {file.relative_to(project).as_posix(): file.read_bytes() for file in files}


def killed_at(line: int, work: Callable[[], object]) -> bool:
    """Whether a process that does the work was killed at the n-th line, before it was done."""
    left = line

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal left
        if "/repairlsp/patches/" not in frame.f_code.co_filename:
            return None
        if event == "line":
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace

    def traced() -> None:
        sys.settrace(trace)
        work()

    return was_killed(traced)


def was_killed(work: Callable[[], object]) -> bool:
    """Whether the work, done in a process of its own, ended with SIGKILL."""
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException:  # noqa: BLE001 - a failing child must not go on with our tests
            sys.settrace(None)
            traceback.print_exc()
            os._exit(1)
        sys.settrace(None)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert status in (0, signal.SIGKILL)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def half_written(project: Path) -> None:
    """Leave the project as a process leaves it that is killed when two files of three are new."""

    def killed() -> None:
        renames = 0

        def hook(event: str, arguments: tuple[Any, ...]) -> None:
            nonlocal renames
            if event == "os.rename" and str(arguments[0]).endswith(".tmp"):
                renames += 1
                if renames < 3:
                    return
                os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(hook)
        apply(project, EDITS, EXPECTED)

    assert was_killed(killed)
    left = contents(project)
    assert [left[path] for path in PATHS] == [NEW, NEW, OLD]


@pytest.mark.parametrize("every", [EVERY, pytest.param(1, marks=pytest.mark.slow)])
def test_a_kill_at_any_line(tmp_path: Path, state_folder: Path, every: int) -> None:
    project = project_in(tmp_path)
    seen = set()
    line = 1
    while killed_at(line, lambda: apply(project, EDITS, EXPECTED)):
        half = {data for path, data in contents(project).items() if path in PATHS}
        found = recover()
        after = contents(project)
        assert after in (EXPECTED, dict.fromkeys(PATHS, NEW)), line
        assert bool(found) == (half == {OLD, NEW}), line
        assert not list(tmp_path.rglob("*.tmp"))
        seen.add(len(half))
        for path in PATHS:
            (project / path).write_bytes(OLD)
        line += every
    assert seen == {1, 2}, "it was never killed between two files"
    assert contents(project) == dict.fromkeys(PATHS, NEW)
    assert [entry.name for entry in (state_folder / "repairlsp/applying").iterdir()] == ["lock"]


@pytest.mark.parametrize("every", [EVERY, pytest.param(1, marks=pytest.mark.slow)])
def test_a_kill_while_it_is_put_right(tmp_path: Path, every: int) -> None:
    project = project_in(tmp_path)
    half_written(project)
    line, kills = 1, 0
    while killed_at(line, recover):
        kills += 1
        line += every
    assert kills
    recover()
    assert contents(project) == EXPECTED


def test_a_file_that_was_changed_since_is_left_alone(tmp_path: Path) -> None:
    project = project_in(tmp_path)
    half_written(project)
    (project / "pkg/sub/c.py").write_bytes(b"mine\n")
    (found,) = recover()
    assert found.project == project
    assert found.restored == PATHS[:2]
    assert found.changed == ("pkg/sub/c.py",)
    assert contents(project) == {"a.py": OLD, "pkg/b.py": OLD, "pkg/sub/c.py": b"mine\n"}
    assert recover() == []


def test_a_link_put_in_the_way_is_not_followed(tmp_path: Path) -> None:
    project = project_in(tmp_path)
    half_written(project)
    outside = tmp_path / "outside.py"
    outside.write_bytes(NEW)
    (project / "a.py").unlink()
    (project / "a.py").symlink_to(outside)
    (found,) = recover()
    assert (found.restored, found.changed) == (("pkg/b.py",), ("a.py",))
    assert outside.read_bytes() == NEW


def test_a_project_that_is_not_there_waits(tmp_path: Path) -> None:
    project = project_in(tmp_path)
    half_written(project)
    project.rename(tmp_path / "away")
    assert recover() == []
    (tmp_path / "away").rename(project)
    assert recover()
    assert contents(project) == EXPECTED


def test_what_cannot_be_taken_back_now_is_taken_back_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A disk that fills up between two system calls cannot be had for real.
    project = project_in(tmp_path)
    real = os.replace
    calls = []

    def full(*args: object, **kwargs: object) -> None:
        calls.append(args)
        if len(calls) > 1:
            raise OSError(28, "No space left on device")
        real(*args, **kwargs)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", full)
        with pytest.raises((PatchError, OSError)) as caught:
            apply(project, EDITS, EXPECTED)
    assert "written in part" in str(caught.value)
    assert recover()
    assert contents(project) == EXPECTED


def test_without_a_place_for_the_journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = project_in(tmp_path)
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    with pytest.raises(PatchError, match="no journal") as caught:
        apply(project, EDITS, EXPECTED)
    assert "XDG_STATE_HOME" in caught.value.hint
    assert contents(project) == EXPECTED
    assert apply(project, EDITS[:1], EXPECTED) == ("a.py",)
    assert recover() == []


def test_a_damaged_journal_writes_nothing(tmp_path: Path, state_folder: Path) -> None:
    project = project_in(tmp_path)
    half_written(project)
    (folder,) = (file.parent for file in state_folder.rglob("journal.json"))
    for backup in folder.glob("[0-9]"):
        backup.write_bytes(b"evil\n")
    before = contents(project)
    with pytest.raises(PatchError, match="damaged"):
        recover()
    assert contents(project) == before
