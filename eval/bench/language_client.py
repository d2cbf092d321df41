"""An editor for benchmarks of the language server.

It asks without waiting, and clocks the replies.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

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
    codes: dict[int, int] = field(default_factory=dict)
    """Of the errors, by the number of the request."""


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
        self.took: dict[int, float] = {}
        """Seconds, by the number of the request."""
        self._lock = threading.Lock()
        self._number = 0
        threading.Thread(target=self._read, daemon=True).start()

    def initialize(self, project: Path, **options: Any) -> None:
        params = {
            "processId": None,
            "capabilities": CAPABILITIES,
            "workspaceFolders": [{"uri": project.as_uri(), "name": "project"}],
            "initializationOptions": options,
        }
        self.wait(self.request("initialize", params))
        self.notify("initialized", {})

    def open(self, buffer: Buffer) -> None:
        item = {**buffer.document, "languageId": "python", "text": "\n".join(buffer.lines)}
        self.notify("textDocument/didOpen", {"textDocument": item})

    def leave(self) -> None:
        """Shut the server down, and kill it where it does not go."""
        self.wait(self.request("shutdown", None), 5)
        self.notify("exit", None)
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()

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
        self.took[message["id"]] = taken
        self.replies.seconds.setdefault(sent.method, []).append(taken)
        if error := message.get("error"):
            self.replies.codes[message["id"]] = error["code"]
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

    def question(self, line: int) -> dict[str, Any]:
        """The params of `textDocument/codeAction`: an editor asks unasked what a line offers, on
        which some tool has found something."""
        span = {"start": {"line": line, "character": 0}, "end": {"line": line, "character": 4}}
        found = {"range": span, "message": "something is wrong", "source": "checker"}
        context = {"diagnostics": [found], "triggerKind": 2}
        return {"textDocument": {"uri": self.uri}, "range": span, "context": context}

    def action(self, line: int) -> dict[str, Any]:
        """The code action that such a question is answered with, to be resolved."""
        finding = {
            "lines": [line, line + 1],
            "message": "something is wrong",
            "source": "checker",
            "code": "",
        }
        data = {**self.document, "lines": [line, line + 1], "diagnostic": finding}
        return {"title": "Fix this bug", "data": data}


def quantile(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(int(share * len(values)), len(values) - 1)]


def about_this_machine() -> str:
    """What was measured, with what and on what, in one line."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    from synthetic.machine import commit, machine

    about = machine()
    libraries = about["libraries"]
    assert isinstance(libraries, dict)
    versions = ", ".join(f"{name} {version}" for name, version in libraries.items())
    return (
        f"{time.strftime('%Y-%m-%d')}; repairlsp {commit()}; {about['cores']} cores, "
        f"{about['cpu']}; Python {about['python']}, {versions}"
    )
