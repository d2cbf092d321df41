"""Not one socket to anywhere is opened, neither at start nor while fixing (check 26).

As the kernel sees it, not Python: the model runtime is native code that has telemetry of its own.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from repairlsp.sandbox import bwrap_problem
from tests.cli.command import REPAIRLSP, environment

STRACE = shutil.which("strace")


def can_trace() -> bool:
    """Containers often forbid it."""
    if STRACE is None:
        return False
    return subprocess.run([STRACE, "-qq", "true"], capture_output=True, check=False).returncode == 0


pytestmark = pytest.mark.skipif(not can_trace(), reason="strace cannot be used here")


def sockets(folder: Path, *command: str, cwd: Path | None = None, given: bytes = b"") -> list[str]:
    """The calls by which the command, or any process of it, made a socket for a network."""
    assert STRACE is not None
    log = folder / "calls"
    tracing = [STRACE, "-f", "-qq", "-e", "trace=socket", "-o", str(log)]
    subprocess.run(
        [*tracing, *command],
        cwd=cwd,
        env=environment(),
        input=given,
        capture_output=True,
        timeout=600,
        check=False,
    )
    # AF_UNIX: a fork server's; AF_NETLINK: bubblewrap brings up the loopback of its own network.
    return [line for line in log.read_text().splitlines() if "AF_INET" in line]


def test_it_would_be_seen(tmp_path: Path) -> None:
    program = "import socket, subprocess, sys; socket.socket()"
    inner = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {program!r}])"
    assert sockets(tmp_path, sys.executable, "-c", inner)


MODEL = """
from repairlsp.generate import prompt
from repairlsp.models import catalog
from repairlsp.models.client import ModelWorker

with ModelWorker(catalog.resolve(None), threads=1) as worker:
    text = prompt.load(worker.hello().prompt_family).render(["def f(x):", "    return x"], {2}, "")
    assert worker.suggest(text, beams=2, max_new_tokens=8)
"""


def test_the_model(tmp_path: Path) -> None:
    assert sockets(tmp_path, sys.executable, "-c", MODEL) == []


def test_the_servers_start(tmp_path: Path) -> None:
    bodies = (
        b'{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}',
        b'{"jsonrpc":"2.0","method":"initialized","params":{}}',
        b'{"jsonrpc":"2.0","id":2,"method":"shutdown"}',
        b'{"jsonrpc":"2.0","method":"exit"}',
    )
    given = b"".join(b"Content-Length: %d\r\n\r\n%b" % (len(body), body) for body in bodies)
    assert sockets(tmp_path, *REPAIRLSP, "serve", given=given) == []


@pytest.mark.slow
@pytest.mark.skipif(bwrap_problem() is not None, reason="the launcher of `limits` asks for one")
def test_a_whole_fix(tmp_path: Path) -> None:
    """The launcher of `limits` brings up its new network's loopback through a socket in it."""
    project = tmp_path / "project"
    project.mkdir()
    (project / "shop.py").write_text("def total(prices):\n    return max(prices) * 31 + 7\n")
    (project / "test_shop.py").write_text(
        "from shop import total\n\ndef test():\n    assert total([3, 4]) == 'many'\n"
    )
    words = ("fix", "--max-seconds", "15", "--sandbox", "bwrap")
    assert sockets(tmp_path, *REPAIRLSP, *words, cwd=project) == []
