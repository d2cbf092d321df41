"""kill -9 of the language server while it proves a fix: whatever it had started ends, nothing of
the user's is touched, and the next fix removes the temporary files."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from pathlib import Path

import psutil

from tests.cli.command import snapshot
from tests.server.raw import RawServer

BUGGY = "def is_adult(age):\n    return age > 18\n"
SLOW = "import time\n\ndef test_for_ever():\n    time.sleep(600)\n"
SECONDS = 60.0


def until(condition: Callable[[], object], what: str) -> None:
    deadline = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < deadline, what
        time.sleep(0.05)


def below(server: RawServer) -> list[psutil.Process]:
    return psutil.Process(server.process.pid).children(recursive=True)


def runs_tests(server: RawServer) -> bool:
    for each in below(server):
        with contextlib.suppress(psutil.Error):  # it has just ended
            if "pytest" in " ".join(each.cmdline()):
                return True
    return False


def ask_for_a_fix(server: RawServer, file: Path) -> None:
    """The server is asked for a fix, and is not waited for."""
    folder = {"uri": file.parent.as_uri(), "name": "project"}
    server.initialize(workspaceFolders=[folder])
    server.open(file.as_uri(), BUGGY)
    here = {"line": 1, "character": 4}
    asked = {
        "textDocument": {"uri": file.as_uri()},
        "range": {"start": here, "end": here},
        "context": {"diagnostics": []},
    }
    actions = server.request(1, "textDocument/codeAction", asked)["result"]
    server.send(id=2, method="codeAction/resolve", params=actions[0])
    until(lambda: runs_tests(server), "no test was started")


def test_nothing_outlives_it_and_the_next_one_cleans_up(tmp_path: Path) -> None:
    project, temporary = tmp_path / "project", tmp_path / "temporary"
    for folder in (project, temporary):
        folder.mkdir()
    (project / "ages.py").write_text(BUGGY)
    (project / "test_ages.py").write_text(SLOW)
    before = snapshot(project)
    environment = {"TMPDIR": str(temporary)}
    with RawServer(tmp_path / "first", env=environment) as server:
        ask_for_a_fix(server, project / "ages.py")
        started = below(server)
        server.process.kill()
        server.process.wait()
        _, alive = psutil.wait_procs(started, timeout=20)
    assert not alive
    (abandoned,) = temporary.glob("repairlsp-*")
    with RawServer(tmp_path / "second", env=environment) as server:
        ask_for_a_fix(server, project / "ages.py")
        assert not abandoned.exists()
        server.request(3, "shutdown")
        server.send(method="exit")
        assert server.process.wait(SECONDS) == 0
    assert list(temporary.iterdir()) == []
    assert snapshot(project) == before
