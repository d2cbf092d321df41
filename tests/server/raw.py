"""The real server as a process, spoken to in bytes: for what no well-behaved client does."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import Any, Self

SERVER = (sys.executable, "-m", "repairlsp", "serve")
SECONDS = 30.0
"""How long to wait for anything that should come: the machine may be busy."""

LAZY_CLIENT: dict[str, Any] = {
    "textDocument": {
        "codeAction": {
            "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}},
            "dataSupport": True,
            "resolveSupport": {"properties": ["edit"]},
        }
    },
    "workspace": {"workspaceEdit": {"documentChanges": True}},
}
"""The capabilities of a client that resolves code actions lazily."""


class RawServer:
    """One server process. `errors` is the file that its standard error goes to."""

    def __init__(
        self, errors: Path, command: tuple[str, ...] = SERVER, env: dict[str, str] | None = None
    ) -> None:
        self.errors = errors
        self._log = errors.open("wb")
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            env={**os.environ, **(env or {})},
        )
        self.stray = b""
        """What came on standard output that was no frame."""
        self._messages: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        threading.Thread(target=self._read, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self._log):
            assert stream is not None
            stream.close()

    def write(self, data: bytes) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def send_body(self, body: bytes) -> None:
        self.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))

    def send(self, **message: Any) -> None:
        self.send_body(json.dumps({"jsonrpc": "2.0", **message}).encode())

    def receive(self) -> dict[str, Any]:
        """The next message. Raises queue.Empty when none comes, EOFError at the end."""
        message = self._messages.get(timeout=SECONDS)
        if message is None:
            raise EOFError("the server closed its output")
        return message

    def reply(self, id: int) -> dict[str, Any]:
        """The reply to request `id`; what comes before it is dropped."""
        while (message := self.receive()).get("id") != id or "method" in message:
            pass
        return message

    def request(self, id: int, method: str, params: Any = None) -> dict[str, Any]:
        self.send(id=id, method=method, **({} if params is None else {"params": params}))
        return self.reply(id)

    def initialize(
        self,
        capabilities: dict[str, Any] | None = None,
        pid: int | None = None,
        **params: Any,
    ) -> dict[str, Any]:
        """Initialize, and return the server's capabilities."""
        capabilities = LAZY_CLIENT if capabilities is None else capabilities
        reply = self.request(
            0, "initialize", {"processId": pid, "capabilities": capabilities, **params}
        )
        self.send(method="initialized", params={})
        found: dict[str, Any] = reply["result"]["capabilities"]
        return found

    def open(self, uri: str, text: str, version: int = 1) -> None:
        document = {"uri": uri, "languageId": "python", "version": version, "text": text}
        self.send(method="textDocument/didOpen", params={"textDocument": document})

    def rest(self) -> list[dict[str, Any]]:
        """Everything that is still sent until the server closes its output."""
        messages = []
        while (message := self._messages.get(timeout=SECONDS)) is not None:
            messages.append(message)
        return messages

    def _read(self) -> None:
        stream = self.process.stdout
        assert stream is not None
        while header := stream.readline():
            if not header.startswith(b"Content-Length: "):
                self.stray += header
                continue
            while stream.readline() not in (b"\r\n", b""):
                pass
            body = stream.read(int(header.split(b":")[1]))
            if body:
                self._messages.put(json.loads(body))
        self._messages.put(None)
