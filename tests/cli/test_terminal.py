"""What a terminal gets to see: a progress line that goes away, colours unless they are unwanted."""

from __future__ import annotations

import os
import pty
import re
import subprocess
from pathlib import Path

import pytest

from tests.cli.command import REPAIRLSP, environment, repairlsp


def seen_in_terminal(project: Path, **variables: str) -> str:
    """Everything that `repairlsp fix` writes to a terminal of 80 columns."""
    screen, theirs = pty.openpty()
    process = subprocess.Popen(
        [*REPAIRLSP, "fix"],
        cwd=project,
        env=environment(COLUMNS="80", **variables),
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    written = b""
    try:
        while data := os.read(screen, 65536):
            written += data
    except OSError:  # Linux says so when the other end is closed
        pass
    os.close(screen)
    assert process.wait(60) == 0
    return written.decode()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "test_it.py").write_text("def test(): assert True\n")
    return tmp_path


def test_progress_goes_away_and_the_result_is_coloured(project: Path) -> None:
    written = seen_in_terminal(project, TERM="xterm-256color")
    assert "running the tests" in written
    left = re.split(r"\x1b\[2K", written)[-1]
    assert "running" not in left
    assert "\x1b[1;32mNothing is failing\x1b[0m: 1 test passed" in left


def test_no_color_is_honoured(project: Path) -> None:
    written = seen_in_terminal(project, TERM="xterm-256color", NO_COLOR="1")
    assert "running the tests" in written
    assert not re.search(r"\x1b\[[0-9;]*3\dm", written)
    assert re.split(r"\x1b\[2K", written)[-1].endswith("Nothing is failing: 1 test passed\r\n")


def test_a_dumb_terminal_gets_only_text(project: Path) -> None:
    written = seen_in_terminal(project, TERM="dumb")
    assert written == "Nothing is failing: 1 test passed\r\n"


def test_names_in_a_project_cannot_steer_the_terminal(project: Path) -> None:
    """Of files and of settings: a line feed would make a line of its own of what follows it."""
    (project / "test_\x1b[2J\nrepairlsp: all is well.py").write_text("def test(): assert False\n")
    (project / "repairlsp.toml").write_text('"\\u001b[2J\\nrepairlsp: all is well" = 1\n')
    done = repairlsp("fix", cwd=project)
    assert done.returncode == 1
    assert "[2J" in done.stdout and "[2J" in done.stderr
    for said in (done.stdout, done.stderr):
        assert "\x1b" not in said
        assert not any(line.startswith("repairlsp: all is well") for line in said.splitlines())
