"""What a killed command leaves in the temporary folder goes with the next one."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from repair_eval.scratch import scratch

AT_WORK = """
import subprocess, sys, tempfile
from repair_eval.scratch import scratch
with scratch():
    tempfile.mkdtemp()
    told = "import tempfile; print(tempfile.mkdtemp(), flush=True)"
    subprocess.run([sys.executable, "-c", told], check=True)
    sys.stdin.read()
"""


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_what_a_killed_command_left_goes_and_what_is_in_use_stays(temporary: Path) -> None:
    one, other = (
        subprocess.Popen(
            [sys.executable, "-c", AT_WORK],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    )
    assert one.stdout and other.stdout
    killed, used = (Path(process.stdout.readline().strip()) for process in (one, other))
    one.kill()
    one.communicate()
    assert killed.exists()  # and a folder of the child's is in that of its parent
    with scratch() as own:
        assert not killed.parent.exists()
        assert used.exists()
        assert Path(tempfile.mkdtemp()).parent == own
    other.communicate()
    assert list(temporary.iterdir()) == []
    assert os.environ["TMPDIR"] == tempfile.gettempdir() == str(temporary)
