"""The worker process by itself: its protocol, and what it may not do."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from repairlsp.models.client import ModelWorker
from repairlsp.sandbox.landlock import landlock_version


@pytest.fixture
def raw(shipped: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A worker with its pipes in the test's hands."""
    command = [sys.executable, "-m", "repairlsp.models.worker", str(shipped), "--threads", "1"]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    yield process
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        assert pipe
        pipe.close()


def send(process: subprocess.Popen[bytes], line: bytes) -> None:
    assert process.stdin
    process.stdin.write(line + b"\n")
    process.stdin.flush()


def reply(process: subprocess.Popen[bytes]) -> Any:
    assert process.stdout
    return json.loads(process.stdout.readline())


def test_whatever_is_not_a_request_gets_one_error_and_the_next_is_answered(
    raw: subprocess.Popen[bytes],
) -> None:
    wrong = [
        b"not json",
        b"[]",
        b"null",
        b"{}",
        b'{"id": 7}',
        b'{"id": 7, "op": "explode"}',
        b'{"id": 7, "op": ["hello"]}',
        b'{"id": 7, "op": "suggest"}',
        b'{"id": 7, "op": "suggest", "prompt": 3, "beams": 1, "max_new_tokens": 1}',
        b'{"id": 7, "op": "suggest", "prompt": "x", "beams": "1", "max_new_tokens": 1}',
        b'{"id": 7, "op": "suggest", "prompt": "x", "beams": true, "max_new_tokens": 1}',
        b'{"id": 7, "op": "score", "prompt": "x"}',
        b'{"id": 7, "op": "score", "prompt": "x", "continuations": [1]}',
        b'{"id": 7, "op": "score", "prompt": "x", "continuations": "abc"}',
        b"\xff\xfe",
    ]
    for line in wrong:
        send(raw, line)
        answer = reply(raw)
        assert answer["error"]["kind"] == "bad-request", line
    send(raw, b'{"id": 8, "op": "hello"}')
    assert reply(raw)["result"]["architecture"] == "Phi3ForCausalLM"


def test_stop_ends_it_in_good_order(raw: subprocess.Popen[bytes]) -> None:
    send(raw, b'{"id": 1, "op": "hello"}')
    assert reply(raw)["id"] == 1
    send(raw, b'{"id": 2, "op": "stop"}')
    assert raw.wait(5) == 0


def test_it_ends_when_its_input_closes_in_mid_computation(
    raw: subprocess.Popen[bytes], long_prompt: str
) -> None:
    send(raw, b'{"id": 1, "op": "hello"}')
    reply(raw)
    request = {"op": "suggest", "prompt": long_prompt, "beams": 200, "max_new_tokens": 500}
    send(raw, json.dumps({"id": 2, **request}).encode())
    time.sleep(0.2)
    assert raw.stdin
    raw.stdin.close()
    assert raw.wait(2) == 0


def test_a_cancel_for_a_request_that_waits_is_kept(
    raw: subprocess.Popen[bytes], prompt: str
) -> None:
    suggest = {"op": "suggest", "prompt": prompt, "beams": 4, "max_new_tokens": 8}
    send(raw, b'{"id": 2, "op": "cancel"}')
    send(raw, json.dumps({"id": 1, **suggest}).encode())
    send(raw, json.dumps({"id": 2, **suggest}).encode())
    send(raw, json.dumps({"id": 3, **suggest}).encode())
    answers = [reply(raw) for _ in range(3)]
    assert [answer["id"] for answer in answers] == [1, 2, 3]
    assert answers[1]["error"]["kind"] == "cancelled"
    assert answers[0]["result"]["suggestions"] == answers[2]["result"]["suggestions"]


def is_running(pid: int) -> bool:
    """An orphan is reaped by whoever adopts it; until then it may linger as a zombie."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


START_AND_SLEEP = """
import sys, time
from pathlib import Path
from repairlsp.models.client import ModelWorker
worker = ModelWorker(Path(sys.argv[1]), threads=1)
worker.hello()
print(worker.pid, flush=True)
time.sleep(60)
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_it_ends_with_its_parent(shipped: Path, how: signal.Signals) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", START_AND_SLEEP, str(shipped)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert parent.stdout
    pid = int(parent.stdout.readline())
    assert psutil.pid_exists(pid)
    parent.send_signal(how)
    parent.wait(5)
    deadline = time.monotonic() + 2.0
    while is_running(pid):
        assert time.monotonic() < deadline, "the worker outlived its parent"
        time.sleep(0.02)
    parent.stdout.close()


def test_it_opens_no_socket_and_inherits_no_secret(
    shipped: Path, prompt: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("API_TOKEN", "s3cret")
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    with ModelWorker(shipped, threads=1) as worker:
        worker.suggest(prompt, beams=2, max_new_tokens=8)
        assert worker.pid
        process = psutil.Process(worker.pid)
        assert process.net_connections("all") == []
        if psutil.LINUX:
            descriptors = Path(f"/proc/{worker.pid}/fd").iterdir()
            assert not [each for each in descriptors if "socket" in str(each.readlink())]
        environment = process.environ()
        assert "API_TOKEN" not in environment
        assert "PYTHONPATH" not in environment


def test_nothing_is_imported_from_the_working_directory(
    shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("json", "queue", "numpy", "onnxruntime_genai", "repairlsp", "sitecustomize"):
        (tmp_path / f"{name}.py").write_text(
            f"open({str(tmp_path / 'was-imported')!r}, 'w').close()\n"
        )
    monkeypatch.chdir(tmp_path)
    with ModelWorker(shipped, threads=1) as worker:
        assert worker.hello().name
    assert not (tmp_path / "was-imported").exists()


@pytest.mark.skipif(not hasattr(os, "nice"), reason="no niceness here")
def test_niceness_is_added(shipped: Path) -> None:
    with ModelWorker(shipped, threads=1, niceness=3) as worker:
        worker.hello()
        assert worker.pid
        assert psutil.Process(worker.pid).nice() == psutil.Process().nice() + 3


def test_what_native_code_prints_cannot_reach_the_protocol() -> None:
    """File descriptor 1 is standard error once the worker holds its streams."""
    code = (
        "import os\n"
        "from repairlsp.models.worker import _take_standard_streams\n"
        "incoming, outgoing = _take_standard_streams()\n"
        "os.write(1, b'native noise'); print('python noise')\n"
        "outgoing.write(incoming.readline()); outgoing.flush()\n"
        "assert os.read(0, 1) == b''\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input=b"a line\n", capture_output=True, check=True
    )
    assert done.stdout == b"a line\n"
    assert b"native noise" in done.stderr
    assert b"python noise" in done.stderr


@pytest.mark.skipif(not landlock_version(), reason="this kernel has no Landlock")
def test_it_writes_no_file(worker: ModelWorker, tmp_path: Path) -> None:
    """A folder that was made to harm, and gets past the checks, finds nothing to write to."""
    worker.hello()
    status = Path(f"/proc/{worker.pid}/status").read_text()
    assert "NoNewPrivs:\t1" in status, "it came past the line that gives up writing"
    program = (
        "import sys; from repairlsp.models import worker; worker._give_up_writing(); "
        "open('/dev/null', 'w').write('x'); open(sys.argv[1], 'w')"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "made")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "PermissionError" in done.stderr
    assert list(tmp_path.iterdir()) == []
