"""Does the language server stay quick, correct and small through a long editing session?

    python eval/bench/editing_session.py [--minutes 20] [--speed 10] [--seed 1] [--output FILE]

Replays a session of so many minutes, so many times as fast, over 50 open files: keys are typed, the
cursor moves and the editor asks for code actions, code lenses and diagnostics each time; now and
then a fix is asked for or the tests are run, and half of that is cancelled at some moment. The
session is made by a program from a seed, with the rhythm of a typist (5 keys a second, pauses);
nobody's typing was recorded.

Reported: the latency of every request that is no fix (p50, p95, p99, longest); replies that are
errors, other than those that a fix may end in; requests without a reply; what came on standard
error; and the server's memory, once it has made its first fix and at the end. Exit code 1 where an
error was seen, p95 is 50 ms or more, or memory grew by more than 20 MiB.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import psutil

SOURCES = Path(__file__).resolve().parents[2] / "repairlsp"
FILES = 50
MOST_P95 = 0.050
MOST_GROWTH = 20 << 20
KEYS_PER_SECOND = 5.0

REQUEST_FAILED = -32803
EXPECTED = (-32800, -32801, REQUEST_FAILED)
"""Cancelled, content modified, and a fix that was not found: what a fix may end in."""

CAPABILITIES = {
    "general": {"positionEncodings": ["utf-16"]},
    "textDocument": {
        "codeAction": {
            "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}},
            "dataSupport": True,
            "disabledSupport": True,
            "resolveSupport": {"properties": ["edit"]},
        },
        "diagnostic": {},
    },
    "window": {"workDoneProgress": True},
    "workspace": {
        "applyEdit": True,
        "workspaceEdit": {"documentChanges": True},
        "diagnostics": {"refreshSupport": True},
        "codeLens": {"refreshSupport": True},
    },
    "experimental": {"repairlsp": {"proposals": True, "status": True}},
}


class Sent(NamedTuple):
    method: str
    at: float


@dataclass
class Replies:
    """What came back, by what was asked."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    errors: Counter[str] = field(default_factory=Counter)
    ended: Counter[str] = field(default_factory=Counter)
    results: dict[int, Any] = field(default_factory=dict)


class Client:
    """An editor that never waits: replies are taken by a thread."""

    def __init__(self, folder: Path) -> None:
        self.errors = folder / "stderr"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "repairlsp", "serve"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.errors.open("wb"),
            # This environment's pytest plugins are not what is measured.
            env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        )
        self.replies = Replies()
        self.pending: dict[int, Sent] = {}
        self._lock = threading.Lock()
        self._number = 0
        threading.Thread(target=self._read, daemon=True).start()

    def notify(self, method: str, params: Any) -> None:
        self._write({"method": method, "params": params})

    def request(self, method: str, params: Any) -> int:
        with self._lock:
            self._number += 1
            number = self._number
            self.pending[number] = Sent(method, time.perf_counter())
        self._write({"id": number, "method": method, "params": params})
        return number

    def wait(self, number: int, seconds: float = 60.0) -> Any:
        """The result of a request, None where it failed."""
        deadline = time.monotonic() + seconds
        while number in self.pending and time.monotonic() < deadline:
            time.sleep(0.01)
        return self.replies.results.get(number)

    def _write(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        with self._lock:
            self.process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
            self.process.stdin.flush()

    def _read(self) -> None:
        stream = self.process.stdout
        assert stream is not None
        while header := stream.readline():
            length = 0
            while header.strip():
                name, _, value = header.partition(b":")
                length = int(value) if name.lower() == b"content-length" else length
                header = stream.readline()
            message = json.loads(stream.read(length))
            if "method" in message:
                if "id" in message:
                    self._write({"id": message["id"], "result": None})
                continue
            self._take(message)

    def _take(self, message: dict[str, Any]) -> None:
        sent = self.pending.pop(message["id"], None)
        if sent is None:
            self.replies.errors["a reply to no request, or a second one"] += 1
            return
        taken = time.perf_counter() - sent.at
        self.replies.seconds.setdefault(sent.method, []).append(taken)
        if error := message.get("error"):
            reason = error["message"] if error["code"] == REQUEST_FAILED else error["code"]
            self.replies.ended[f"{sent.method}: {reason}"] += 1
            fixing = sent.method in ("codeAction/resolve", "workspace/executeCommand")
            if not (fixing and error["code"] in EXPECTED):
                self.replies.errors[f"{sent.method}: {error['message']}"] += 1
        else:
            self.replies.ended[f"{sent.method}: answered"] += 1
            self.replies.results[message["id"]] = message["result"]


class Buffer:
    """An open file."""

    def __init__(self, file: Path) -> None:
        self.uri = file.as_uri()
        self.lines = file.read_text("utf-8").splitlines()
        self.version = 1

    @property
    def document(self) -> dict[str, Any]:
        return {"uri": self.uri, "version": self.version}

    def typed(self, line: int, text: str) -> dict[str, Any]:
        """`didChange` of a key at the end of a line."""
        self.version += 1
        place = {"line": line, "character": len(self.lines[line].encode("utf-16-le")) // 2}
        self.lines[line] += text
        change = {"range": {"start": place, "end": place}, "text": text}
        return {"textDocument": self.document, "contentChanges": [change]}


def project(folder: Path) -> list[Path]:
    """A project of 50 of our own files, and a test that fails."""
    folder.mkdir()
    sources = sorted(SOURCES.rglob("*.py"), key=lambda file: -file.stat().st_size)[:FILES]
    files = []
    for number, source in enumerate(sources):
        files.append(folder / f"module_{number}.py")
        files[-1].write_text(source.read_text("utf-8"), "utf-8")
    (folder / "ages.py").write_text("def is_adult(age):\n    return age > 18\n")
    (folder / "test_ages.py").write_text(
        "from ages import is_adult\n\n\ndef test_18():\n    assert is_adult(18)\n"
    )
    return files


def session(client: Client, buffers: list[Buffer], seed: int, speed: float) -> Iterator[float]:
    """The events of a session, one per step; yields the seconds until the next one."""
    chance = random.Random(seed)
    buffer = buffers[0]
    line = 0
    cancels: list[tuple[float, int]] = []
    while True:
        if chance.random() < 0.02:
            buffer, line = chance.choice(buffers), 0
        if chance.random() < 0.1:
            line = chance.randrange(len(buffer.lines))
        if chance.random() < 0.7:
            key = chance.choice("abcdefghij _()=+.#")
            client.notify("textDocument/didChange", buffer.typed(line, key))
        ask(client, buffer, line)
        now = time.monotonic()
        if chance.random() < 0.01:
            number = fix(client, buffer, line, chance)
            if chance.random() < 0.5:
                cancels.append((now + chance.uniform(0, 3), number))
        for at, number in list(cancels):
            if now >= at:
                cancels.remove((at, number))
                client.notify("$/cancelRequest", {"id": number})
        pause = chance.expovariate(KEYS_PER_SECOND) + (3.0 if chance.random() < 0.01 else 0.0)
        yield pause / speed


def ask(client: Client, buffer: Buffer, line: int) -> None:
    """What an editor asks after every key or move."""
    place = {"line": line, "character": 0}
    span = {"start": place, "end": {"line": line, "character": 4}}
    document = {"uri": buffer.uri}
    found = {"range": span, "message": "something is wrong", "source": "checker"}
    context = {"diagnostics": [found], "triggerKind": 2}
    params = {"textDocument": document, "range": span, "context": context}
    client.request("textDocument/codeAction", params)
    client.request("textDocument/codeLens", {"textDocument": document})
    client.request("textDocument/diagnostic", {"textDocument": document})


def fix(client: Client, buffer: Buffer, line: int, chance: random.Random) -> int:
    """Ask for a fix of the line, or for the tests."""
    if chance.random() < 0.2:
        arguments = [{"uri": buffer.uri}]
        command = chance.choice(["repairlsp.runTests", "repairlsp.fixTest"])
        params = {"command": command, "arguments": arguments}
        return client.request("workspace/executeCommand", params)
    finding = {"lines": [line, line + 1], "message": "wrong", "source": "checker", "code": ""}
    data = {**buffer.document, "lines": [line, line + 1], "diagnostic": finding}
    return client.request("codeAction/resolve", {"title": "Fix this bug", "data": data})


def run(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    files = project(folder / "project")
    client = Client(folder)
    server = psutil.Process(client.process.pid)
    params = {
        "processId": None,
        "capabilities": CAPABILITIES,
        "workspaceFolders": [{"uri": (folder / "project").as_uri(), "name": "project"}],
        "initializationOptions": {"max_seconds": 10, "search_seconds": 20, "verify": "tests"},
    }
    client.wait(client.request("initialize", params))
    client.notify("initialized", {})
    buffers = [Buffer(file) for file in files]
    for buffer in buffers:
        item = {**buffer.document, "languageId": "python", "text": "\n".join(buffer.lines)}
        client.notify("textDocument/didOpen", {"textDocument": item})
    first = client.request("workspace/executeCommand", fix_tests(buffers[0]))
    client.wait(first)
    client.replies.seconds.clear()
    before = server.memory_info().rss
    end = time.monotonic() + options.minutes * 60 / options.speed
    for pause in session(client, buffers, options.seed, options.speed):
        if time.monotonic() >= end:
            break
        time.sleep(pause)
    last = time.monotonic() + 40
    while client.pending and time.monotonic() < last:
        time.sleep(0.05)
    after = server.memory_info().rss
    lost = Counter(sent.method for sent in client.pending.values())
    client.wait(client.request("shutdown", None))
    client.notify("exit", None)
    client.process.wait(10)
    return figures(client, before, after, lost)


def fix_tests(buffer: Buffer) -> dict[str, Any]:
    return {"command": "repairlsp.fixTest", "arguments": [{"uri": buffer.uri}]}


def figures(client: Client, before: int, after: int, lost: Counter[str]) -> dict[str, Any]:
    latencies = {
        method: {
            "count": len(seconds),
            "p50_ms": round(statistics.median(seconds) * 1000, 2),
            "p95_ms": round(quantile(seconds, 0.95) * 1000, 2),
            "p99_ms": round(quantile(seconds, 0.99) * 1000, 2),
            "longest_ms": round(max(seconds) * 1000, 2),
        }
        for method, seconds in sorted(client.replies.seconds.items())
    }
    quick = [
        seconds
        for method, each in client.replies.seconds.items()
        if method.startswith("textDocument/")
        for seconds in each
    ]
    return {
        "p95_ms": round(quantile(quick, 0.95) * 1000, 2),
        "requests": latencies,
        "ended": dict(client.replies.ended),
        "errors": dict(client.replies.errors),
        "without a reply": dict(lost),
        "standard error": client.errors.read_text("utf-8", "replace")[-2000:],
        "memory_mib": {"after the first fix": before >> 20, "at the end": after >> 20},
        "passed": not client.replies.errors
        and not lost
        and quantile(quick, 0.95) < MOST_P95
        and after - before <= MOST_GROWTH,
    }


def quantile(values: list[float], share: float) -> float:
    return sorted(values)[min(int(share * len(values)), len(values) - 1)]


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=20.0, help="of the session")
    parser.add_argument("--speed", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--output", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = run(options, Path(folder))
    text = json.dumps(found, indent=2)
    print(text)
    if options.output:
        options.output.write_text(text + "\n")
    return 0 if found["passed"] else 1


if __name__ == "__main__":
    sys.exit(main())
