"""What `limits` keeps a command from where the kernel has Landlock (check 22): writing anywhere but
in the named folders, and signals to processes that are not its own."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from repairlsp.sandbox import Completed, allowed_environment, choose
from repairlsp.sandbox.base import NEVER
from repairlsp.sandbox.landlock import landlock_version
from repairlsp.sandbox.limits import limits_gaps
from repairlsp.sandbox.supervise import ResourceLimits, supervise

pytestmark = pytest.mark.skipif(not landlock_version(), reason="this kernel has no Landlock")


def run(folder: Path, program: str, *arguments: object) -> Completed:
    """A Python program under `limits`, which may write in `folder`."""
    return choose("limits").run(
        [sys.executable, "-I", "-S", "-c", program, *map(str, arguments)],
        cwd=folder,
        env=allowed_environment(),
        seconds=30,
        memory_bytes=1 << 30,
        writable=[folder],
    )


@pytest.fixture
def own(tmp_path: Path) -> Path:
    (tmp_path / "own").mkdir()
    return tmp_path / "own"


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """A folder of the user's, with a file in it."""
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "file").write_text("kept")
    return tmp_path / "other"


WAYS = {
    "write": "open(there, 'w').write('x')",
    "append": "open(there, 'a').write('x')",
    "remove": "os.unlink(there)",
    "rename": "os.rename(there, there + '2')",
    "move away": "os.rename(there, 'mine')",
    "move here": "open('mine', 'w').close(); os.replace('mine', there)",
    "hard link": "os.link(there, 'mine')",
    "make a file": "open(there + '2', 'x')",
    "make a folder": "os.mkdir(there + '2')",
    "make a link": "os.symlink('/etc', there + '2')",
    "make a pipe": "os.mkfifo(there + '2')",
    "make a socket": "socket.socket(socket.AF_UNIX).bind(there + '2')",
    "in a child": "subprocess.run(['/bin/sh', '-c', 'echo x > $0', there], check=True)",
}


@pytest.mark.parametrize("way", WAYS)
def test_nothing_is_written_elsewhere(own: Path, other: Path, way: str) -> None:
    program = f"import os, socket, subprocess, sys; there = sys.argv[1]; {WAYS[way]}"
    done = run(own, program, other / "file")
    assert done.exit_code == 1
    assert {path.name: path.read_text() for path in other.iterdir()} == {"file": "kept"}
    reasons = ("PermissionError", "Invalid cross-device link", "Permission denied")
    assert any(reason in done.output for reason in reasons), done.output


@pytest.mark.skipif(landlock_version() < 3, reason="this kernel's Landlock lets files be emptied")
@pytest.mark.parametrize("way", ["os.truncate(there, 0)", "os.open(there, os.O_TRUNC)"])
def test_no_file_elsewhere_is_emptied(own: Path, other: Path, way: str) -> None:
    done = run(own, f"import os, sys; there = sys.argv[1]; {way}", other / "file")
    assert "PermissionError" in done.output
    assert (other / "file").read_text() == "kept"


def test_in_its_own_folder_a_command_does_all_that(own: Path) -> None:
    program = """
import multiprocessing, os, socket, tempfile
os.makedirs("a/b"); open("a/file", "w").write("x"); os.rename("a/file", "a/b/file")
os.link("a/b/file", "linked"); os.symlink("linked", "link"); os.mkfifo("pipe")
socket.socket(socket.AF_UNIX).bind("socket"); os.truncate("linked", 0); os.unlink("pipe")
open("/dev/null", "w").write("x"); multiprocessing.Lock().acquire()
print(sorted(os.listdir(".")))
"""
    assert run(own, program).output == "['a', 'link', 'linked', 'socket']\n"


def test_a_link_does_not_lead_out(own: Path, other: Path) -> None:
    (own / "out").symlink_to(other)
    assert "PermissionError" in run(own, "open('out/file', 'w')").output
    assert (other / "file").read_text() == "kept"


@pytest.fixture
def neighbour() -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(["sleep", "600"])
    yield process
    process.kill()
    process.wait()


@pytest.mark.skipif(landlock_version() < 6, reason="this kernel's Landlock knows no signals")
def test_processes_of_others_are_not_signalled(own: Path, neighbour: subprocess.Popen) -> None:
    done = run(own, f"import os; os.kill({neighbour.pid}, {int(signal.SIGKILL)})")
    assert "PermissionError" in done.output
    assert psutil.pid_exists(neighbour.pid)
    own_child = "import subprocess; p = subprocess.Popen(['sleep', '9']); p.kill(); print(p.wait())"
    assert run(own, own_child).output == "-9\n"


def test_programs_do_not_become_another_user(own: Path) -> None:
    """No set-user-id program is a way round: not sudo, not mount."""
    done = run(own, "print(open('/proc/self/status').read())")
    assert "NoNewPrivs:\t1" in done.output


def test_a_folder_that_is_not_there_is_told_and_nothing_runs(own: Path) -> None:
    shutil.rmtree(own)
    done = supervise(
        ["/bin/sh", "-c", "echo ran"],
        cwd=Path("/"),
        env=allowed_environment(),
        seconds=30,
        limits=ResourceLimits(),
        offline=False,
        writable=[own],
        cancel=NEVER,
    )
    assert (done.exit_code, "ran" in done.output) == (127, False)
    assert "No such file or directory" in done.output


def test_what_is_said_of_limits_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not concluded from a version number: on a kernel without Landlock it is another answer."""
    limits_gaps.cache_clear()
    assert "write your files" not in limits_gaps()
    monkeypatch.setattr("repairlsp.sandbox.limits.landlock_version", lambda: 2)
    limits_gaps.cache_clear()
    assert "empty your files" in limits_gaps()
    monkeypatch.setattr("repairlsp.sandbox.limits.landlock_version", lambda: 0)
    limits_gaps.cache_clear()
    assert "write your files" in limits_gaps()
    limits_gaps.cache_clear()
