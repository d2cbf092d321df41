"""The server ends when its client does, however that ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from repairlsp.server.framing import write_frame
from tests.server.raw import SECONDS, SERVER, RawServer

GONE_SECONDS = 2.0
"""After this long, nothing of a server whose client is gone may be left."""


def ready(server: RawServer) -> None:
    """Wait until the server handles requests: before, it is still importing."""
    server.initialize()
    server.request(1, "workspace/executeCommand", {"command": "none"})


def test_standard_input_closed(server: RawServer) -> None:
    ready(server)
    assert server.process.stdin
    server.process.stdin.close()
    assert server.process.wait(GONE_SECONDS) == 1


def test_standard_input_closed_before_initialize(server: RawServer) -> None:
    assert server.process.stdin
    server.process.stdin.close()
    assert server.process.wait(SECONDS) == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signals(server: RawServer, number: signal.Signals) -> None:
    ready(server)
    server.process.send_signal(number)
    assert server.process.wait(GONE_SECONDS) == 1
    assert "Traceback" not in server.errors.read_text()


def test_nobody_reads_any_more() -> None:
    """A client that closed its end of our output is gone, even if its other end is open."""
    reading, writing = os.pipe()
    with subprocess.Popen(
        SERVER, stdin=subprocess.PIPE, stdout=writing, stderr=subprocess.PIPE
    ) as process:
        os.close(writing)
        assert process.stdin
        assert process.stderr
        params = b'"params":{"capabilities":{}}'
        write_frame(process.stdin, b'{"jsonrpc":"2.0","id":0,"method":"initialize",%b}' % params)
        os.read(reading, 1)
        os.close(reading)
        write_frame(process.stdin, b'{"jsonrpc":"2.0","id":1,"method":"no/such"}')
        assert process.wait(SECONDS) == 1
        assert process.stderr.read() == b""


@pytest.fixture
def editor() -> Iterator[subprocess.Popen[bytes]]:
    """A process that the server is told is its editor; the server's pipes are not its own."""
    process = subprocess.Popen((sys.executable, "-c", "import time; time.sleep(600)"))
    yield process
    process.kill()
    process.wait()


def test_the_editor_is_killed_and_a_pipe_stays_open(
    server: RawServer, editor: subprocess.Popen[bytes]
) -> None:
    server.initialize(pid=editor.pid)
    server.request(1, "workspace/executeCommand", {"command": "none"})
    editor.kill()  # nobody waits for it yet: it is a zombie, to which signals can still be sent
    assert server.process.wait(GONE_SECONDS) == 1


def test_an_editor_on_another_machine_is_not_watched(server: RawServer) -> None:
    absent = next(pid for pid in range(2**22 - 1, 2, -1) if not psutil.pid_exists(pid))
    server.initialize(pid=absent)
    server.request(1, "workspace/executeCommand", {"command": "none"})
    time.sleep(0.7)
    assert server.process.poll() is None


def test_standard_output_carries_frames_only(tmp_path: Path) -> None:
    """Whatever is printed in the process goes to standard error."""
    program = (
        "import os\n"
        "from repairlsp.server import stdio\n"
        "streams = stdio.take_over()\n"
        "print('printed', flush=True)\n"
        "os.write(1, b'written\\n')\n"
        "os.system('echo echoed; cat')\n"  # and a child has neither our input nor our output
        "streams.writer.write(b'framed')\n"
        "streams.writer.flush()\n"
    )
    done = subprocess.run(
        (sys.executable, "-c", program),
        input=b"unread",
        capture_output=True,
        check=True,
        timeout=SECONDS,
    )
    assert done.stdout == b"framed"
    assert done.stderr.split() == [b"printed", b"written", b"echoed"]
