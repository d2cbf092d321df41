"""A server that starts after a kill -9 in the middle of writing a patch."""

from __future__ import annotations

import fcntl
from pathlib import Path

import pytest

from tests.patches.test_journal import EXPECTED, contents, half_written, project_in
from tests.server.raw import RawServer


@pytest.fixture
def half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of three files, of which a killed process has written two."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    project = project_in(tmp_path)
    half_written(project)
    return project


def started(folder: Path) -> RawServer:
    server = RawServer(folder / "stderr")
    server.initialize()
    return server


def shown(server: RawServer) -> str:
    while (message := server.receive()).get("method") != "window/showMessage":
        pass
    text: str = message["params"]["message"]
    return text


def test_half_a_patch_is_taken_back_and_told(tmp_path: Path, half: Path) -> None:
    with started(tmp_path) as server:
        told = shown(server)
    assert str(half) in told
    assert "was killed" in told
    assert "put back as it was: a.py, pkg/b.py" in told
    assert contents(half) == EXPECTED


def test_what_was_typed_since_is_left_alone(tmp_path: Path, half: Path) -> None:
    (half / "a.py").write_bytes(b"typed")
    with started(tmp_path) as server:
        assert "changed since, so left alone: a.py" in shown(server)
    assert contents(half) == EXPECTED | {"a.py": b"typed"}


def test_a_journal_that_is_damaged_is_told(tmp_path: Path, half: Path) -> None:
    (folder,) = (file.parent for file in (tmp_path / "state").rglob("journal.json"))
    for backup in folder.glob("[0-9]"):
        backup.write_bytes(b"evil")
    before = contents(half)
    with started(tmp_path) as server:
        assert "could not be taken back" in shown(server)
    assert contents(half) == before


def test_one_who_is_writing_a_patch_does_not_hold_the_server_up(tmp_path: Path, half: Path) -> None:
    """Nor does one who was stopped in the middle of it."""
    with (tmp_path / "state/repairlsp/applying/lock").open("r+") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with started(tmp_path) as server:
            assert server.request(1, "workspace/executeCommand", {"command": "none"})
            assert server.request(2, "shutdown") == {"jsonrpc": "2.0", "id": 2, "result": None}
            server.send(method="exit")
            assert server.process.wait(30) == 0
    assert contents(half) != EXPECTED
