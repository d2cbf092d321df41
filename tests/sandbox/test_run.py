"""What every sandbox does (check 22): run, capture, confine, and end the whole process tree."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest

from repairlsp.sandbox import Sandbox, allowed_environment, bwrap_problem, choose
from repairlsp.sandbox.base import NEVER
from repairlsp.sandbox.supervise import ResourceLimits, supervise, usual_limits

GIB = 1 << 30
PYTHON = (sys.executable, "-I", "-S", "-c")


@pytest.fixture(params=["limits", "bwrap"])
def sandbox(request: pytest.FixtureRequest) -> Sandbox:
    problem = bwrap_problem()
    if request.param == "bwrap" and problem is not None:
        pytest.skip(f"bubblewrap cannot run here: {problem}")
    return choose(request.param)


def run(sandbox: Sandbox, folder: Path, *command: str, seconds: float = 30.0, **options):
    return sandbox.run(
        command,
        cwd=folder,
        env=allowed_environment(),
        seconds=seconds,
        memory_bytes=options.pop("memory_bytes", GIB),
        writable=[folder],
        readable=[Path(sys.prefix), Path(sys.base_prefix)],
        **options,
    )


def alive(marker: str) -> list[int]:
    """The processes that sleep for so long."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if (folder / "cmdline").read_bytes() == f"sleep\0{marker}\0".encode():
                found.append(int(folder.name))
        except OSError:
            continue
    return found


def gone(marker: str, seconds: float = 10.0) -> bool:
    deadline = time.monotonic() + seconds
    while alive(marker) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not alive(marker)


@pytest.fixture
def marker() -> str:
    """A number of seconds to sleep that no other process sleeps."""
    return f"{1000 + time.time_ns() % 10**6 / 10**6:.6f}"


# --------------------------------------------------------------------------- running and capturing


def test_output_of_both_streams_and_exit_code(sandbox, tmp_path):
    done = run(sandbox, tmp_path, "/bin/sh", "-c", "echo out; echo err >&2; exit 3")
    assert (done.exit_code, done.ended_by) == (3, "itself")
    assert done.output.splitlines() == ["out", "err"]


def test_output_that_is_not_utf8_and_endless(sandbox, tmp_path):
    done = run(sandbox, tmp_path, "/bin/sh", "-c", r"printf '\377first\n'; yes x | head -c 5000000")
    assert done.output.startswith("�first\n")
    assert "bytes left out" in done.output
    assert done.output.endswith("x\n")
    assert len(done.output) < 300_000


def test_a_program_that_does_not_exist(sandbox, tmp_path):
    done = run(sandbox, tmp_path, "no-such-program")
    assert done.exit_code not in (0, None)
    assert "no-such-program" in done.output


def test_a_command_killed_by_a_signal(tmp_path):
    done = run(choose("limits"), tmp_path, "/bin/sh", "-c", "kill -SEGV $$")
    assert done.exit_code == -signal.SIGSEGV


def test_stdin_is_empty_and_cwd_is_the_folder(sandbox, tmp_path):
    done = run(sandbox, tmp_path, "/bin/sh", "-c", "cat; pwd")
    assert done.output.strip() == str(tmp_path)


# --------------------------------------------------------------------------- the end of the tree


def test_the_time_limit_ends_processes_of_other_sessions_too(sandbox, tmp_path, marker):
    done = run(
        sandbox, tmp_path, "/bin/sh", "-c", f"setsid sleep {marker} & sleep {marker}", seconds=0.5
    )
    assert done.timed_out
    assert done.exit_code is None
    assert not alive(marker)


def test_a_process_left_behind_neither_blocks_nor_survives(sandbox, tmp_path, marker):
    done = run(sandbox, tmp_path, "/bin/sh", "-c", f"setsid sleep {marker} & echo done")
    assert (done.exit_code, done.output) == (0, "done\n")
    assert done.seconds < 20
    assert not alive(marker)


def test_a_cancel_ends_the_tree(sandbox, tmp_path, marker):
    cancel = threading.Event()
    threading.Timer(0.5, cancel.set).start()
    done = run(sandbox, tmp_path, "sleep", marker, cancel=cancel)
    assert done.cancelled
    assert done.seconds < 10
    assert not alive(marker)


def test_killing_the_launcher_does_not_help(tmp_path, marker):
    found = []

    def kill_launcher():
        while not alive(marker):
            time.sleep(0.05)
        (launcher,) = [
            each for each in psutil.Process().children(recursive=True)
            if marker in each.cmdline()[-1] and "launcher.py" in " ".join(each.cmdline())
        ]  # fmt: skip
        launcher.kill()
        found.append(launcher.pid)

    killer = threading.Thread(target=kill_launcher)
    killer.start()
    script = f"setsid sleep {marker} & sleep {marker}"
    done = run(choose("limits"), tmp_path, "/bin/sh", "-c", script)
    killer.join()
    assert found
    assert done.ended_by == "lost"
    assert done.exit_code is None
    assert gone(marker)


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
def test_the_tree_dies_with_us(sandbox, tmp_path, marker, end):
    program = f"""
import sys
from pathlib import Path
from repairlsp.sandbox import choose
choose({sandbox.name!r}).run(
    ["/bin/sh", "-c", "setsid sleep {marker} & sleep {marker}"],
    cwd=Path("/"), env={{"PATH": "/usr/bin:/bin"}}, seconds=600, memory_bytes=1 << 30)
"""
    ours = subprocess.Popen([sys.executable, "-c", program])
    try:
        deadline = time.monotonic() + 20
        while len(alive(marker)) < 2 and time.monotonic() < deadline:
            time.sleep(0.05)
        assert len(alive(marker)) >= 2
    finally:
        ours.send_signal(end)
        ours.wait()
    assert gone(marker)


# --------------------------------------------------------------------------- limits and isolation


def test_memory_is_limited(sandbox, tmp_path):
    program = "x = bytearray(96 << 20)"
    assert run(sandbox, tmp_path, *PYTHON, program).exit_code == 0
    done = run(sandbox, tmp_path, *PYTHON, program, memory_bytes=80 << 20)
    assert done.exit_code == 1
    assert "MemoryError" in done.output


def test_the_size_of_a_file_is_limited(sandbox, tmp_path):
    program = "import os; f = open('big', 'wb'); f.truncate(2 << 30)"
    assert run(sandbox, tmp_path, *PYTHON, program).exit_code != 0
    assert (tmp_path / "big").stat().st_size == 0


def test_processor_time_is_limited(tmp_path):
    """It ends what burns it though nobody watches the clock any more."""
    done = supervise(
        [*PYTHON, "while True: pass"],
        cwd=tmp_path,
        env=allowed_environment(),
        seconds=300,
        limits=ResourceLimits(cpu_seconds=1),
        offline=False,
        cancel=NEVER,
    )
    assert done.ended_by == "itself"
    assert done.exit_code in (-signal.SIGXCPU, -signal.SIGKILL)
    assert usual_limits(GIB, 10.0).cpu_seconds >= 10


def test_the_number_of_processes_is_limited(tmp_path, marker):
    script = f"for i in $(seq 100); do sleep {marker} & done; wait"
    done = supervise(
        ["/bin/sh", "-c", script],
        cwd=tmp_path,
        env=allowed_environment(),
        seconds=20,
        limits=ResourceLimits(processes=30),
        offline=False,
        cancel=NEVER,
    )
    # The kernel refuses the fork; root it lets through, and the launcher ends the command.
    assert done.ended_by == "processes" or "fork" in done.output
    assert gone(marker)


def test_no_secret_of_the_environment_gets_in(sandbox, tmp_path, monkeypatch):
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "hunter2")
    done = run(sandbox, tmp_path, "/usr/bin/env")
    assert "PATH=" in done.output
    assert "hunter2" not in done.output


def offline_works() -> bool:
    """Whether this kernel lets us make a network namespace."""
    if os.geteuid() == 0:
        return subprocess.run(["unshare", "-n", "true"], check=False).returncode == 0
    return subprocess.run(["unshare", "-Urn", "true"], check=False).returncode == 0


@pytest.mark.skipif(not offline_works(), reason="the kernel allows no network namespace")
def test_the_network_is_away_but_for_loopback(sandbox, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        program = (
            "import socket\n"
            f"try: socket.create_connection(('127.0.0.1', {port}), 5); print('reached')\n"
            "except OSError as error: print(type(error).__name__)\n"
            "server = socket.create_server(('127.0.0.1', 0))\n"
            "socket.create_connection(server.getsockname(), 5); print('own server works')\n"
        )
        done = run(sandbox, tmp_path, *PYTHON, program)
    assert done.output.splitlines() == ["ConnectionRefusedError", "own server works"]


def test_a_service_on_this_machine_is_reached_where_that_is_allowed(sandbox, tmp_path):
    allowed = choose(sandbox.name, allow_loopback=True)
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        program = (
            f"import socket; socket.create_connection(('127.0.0.1', {port}), 5); print('reached')"
        )
        assert run(allowed, tmp_path, *PYTHON, program).output == "reached\n"
