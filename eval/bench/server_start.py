"""How fast the language server starts and offers code actions, beside two others.

    python eval/bench/server_start.py [--starts 20] [--requests 300] [--output FILE]

Measures, in one run and taking turns, so that a busy machine is busy for all of them:

- process start -> reply to `initialize`, and -> the first `textDocument/codeAction` answered, for
  repairlsp, for a server that is nothing but pygls, and for `ruff server`;
- `textDocument/codeAction` on an open file of 5,000 lines, with an edit before each question;
- that the offers start no model: the server's children and the libraries it has mapped;
- the same question while the server searches for a fix that does not exist.

Wall-clock times of this machine at this moment: compare the columns, not the figures.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

PYGLS = """
from lsprotocol import types
from pygls.lsp.server import LanguageServer

server = LanguageServer("bare", "1")


@server.feature(types.TEXT_DOCUMENT_CODE_ACTION)
async def code_action(params: types.CodeActionParams) -> list[types.CodeAction]:
    return []


server.start_io()
"""

CAPABILITIES = {
    "general": {"positionEncodings": ["utf-16"]},
    "textDocument": {
        "codeAction": {
            "codeActionLiteralSupport": {
                "codeActionKind": {"valueSet": ["quickfix", "refactor.rewrite"]}
            },
            "dataSupport": True,
            "resolveSupport": {"properties": ["edit"]},
        }
    },
}

URI = "file:///bench/module.py"
LINES = 5000


class Server:
    """One server process and the few messages that are measured."""

    def __init__(self, command: Sequence[str]) -> None:
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self.ids = iter(range(1, 1 << 30))
        self.unasked: list[dict[str, Any]] = []
        """Replies that came while another was waited for."""

    def send(self, **message: Any) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self.process.stdin.flush()

    def request(self, method: str, params: Any) -> Any:
        """The result of a request; answers what the server asks in between with null."""
        id = next(self.ids)
        self.send(id=id, method=method, params=params)
        while True:
            message = self.receive()
            if "method" not in message and message.get("id") == id:
                return message["result"]
            if "method" in message and "id" in message:
                self.send(id=message["id"], result=None)
            elif "id" in message:
                self.unasked.append(message)

    def receive(self) -> dict[str, Any]:
        stream, length = self.process.stdout, 0
        assert stream is not None
        while header := stream.readline().strip():
            if header.lower().startswith(b"content-length:"):
                length = int(header.split(b":")[1])
        if not length:
            raise EOFError(f"{self.process.args!r} ended")
        message: dict[str, Any] = json.loads(stream.read(length))
        return message

    def initialize(self, options: dict[str, Any] | None = None) -> None:
        params = {"processId": os.getpid(), "rootUri": None, "capabilities": CAPABILITIES}
        self.request("initialize", {**params, "initializationOptions": options})

    def open(self, text: str, uri: str = URI) -> None:
        self.send(method="initialized", params={})
        document = {"uri": uri, "languageId": "python", "version": 0, "text": text}
        self.send(method="textDocument/didOpen", params={"textDocument": document})

    def code_actions(self, line: int, uri: str = URI) -> Any:
        place = {"line": line, "character": 4}
        span = {"start": place, "end": place}
        context = {"diagnostics": [{"range": span, "message": "something is wrong"}]}
        params = {"textDocument": {"uri": uri}, "range": span, "context": context}
        return self.request("textDocument/codeAction", params)

    def type(self, version: int, line: int) -> None:
        place = {"line": line, "character": 4}
        change = {"range": {"start": place, "end": place}, "text": "x"}
        params = {"textDocument": {"uri": URI, "version": version}, "contentChanges": [change]}
        self.send(method="textDocument/didChange", params=params)

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()


class Start(NamedTuple):
    """Seconds from the start of the process."""

    initialize: float
    code_action: float


def start(command: Sequence[str]) -> Start:
    server = Server(command)
    try:
        server.initialize()
        initialized = time.perf_counter() - server.started
        server.open("def f():\n    pass\n")
        server.code_actions(1)
        return Start(initialized, time.perf_counter() - server.started)
    finally:
        server.stop()


def source_text(lines: int) -> str:
    """A module of many small functions."""
    function = "def function_{n}(values):\n    total = 0\n    for value in values:\n"
    function += "        total += value * {n}\n    return total\n\n"
    text = "".join(function.format(n=n) for n in range(lines // 6 + 1))
    return "".join(text.splitlines(keepends=True)[:lines])


class Offers(NamedTuple):
    """Seconds per request, and what the server was seen to have started or loaded."""

    seconds: list[float]
    children: list[str]
    libraries: list[str]


def offer(command: Sequence[str], requests: int) -> Offers:
    server, chance = Server(command), random.Random(7)
    try:
        server.initialize()
        server.open(source_text(LINES))
        server.code_actions(1)
        seconds = []
        for version in range(1, requests + 1):
            line = chance.randrange(LINES)
            server.type(version, line)
            before = time.perf_counter()
            server.code_actions(line)
            seconds.append(time.perf_counter() - before)
        return Offers(seconds, children(server.process.pid), heavy_libraries(server.process.pid))
    finally:
        server.stop()


HOPELESS_TEST = "from module import function_1\n\ndef test(): assert function_1([1]) == 'nothing'\n"


def offer_while_fixing(command: Sequence[str], seconds: float) -> list[float]:
    """Seconds per request for code actions while one fix is being searched for."""
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "module.py"
        file.write_text(source_text(LINES))
        file.with_name("test_module.py").write_text(HOPELESS_TEST)
        server = Server(command)
        try:
            server.initialize({"max_seconds": 2 * seconds})
            server.open(file.read_text(), file.as_uri())
            action = server.code_actions(7, file.as_uri())[0]
            server.send(id="fix", method="codeAction/resolve", params=action)
            measured: list[float] = []
            until = time.perf_counter() + seconds
            while (before := time.perf_counter()) < until and not server.unasked:
                server.code_actions(random.randrange(LINES), file.as_uri())
                measured.append(time.perf_counter() - before)
                time.sleep(0.02)
            return measured
        finally:
            server.stop()


def children(pid: int) -> list[str]:
    """The command lines of a process's children (Linux)."""
    lists = [task.read_text() for task in Path(f"/proc/{pid}/task").glob("*/children")]
    pids = [child for each in lists for child in each.split()]
    return [Path(f"/proc/{child}/cmdline").read_text().replace("\0", " ") for child in pids]


def heavy_libraries(pid: int) -> list[str]:
    """Those of the model's and the parser's libraries that a process has mapped (Linux)."""
    maps = Path(f"/proc/{pid}/maps")
    text = maps.read_text() if maps.exists() else ""
    return [name for name in ("onnxruntime", "tree_sitter", "numpy") if name in text]


def percentile(values: Sequence[float], percent: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--starts", type=int, default=20)
    parser.add_argument("--requests", type=int, default=300)
    parser.add_argument("--fix-seconds", type=float, default=10.0)
    parser.add_argument("--output", type=Path, help="write the figures as JSON, too")
    args = parser.parse_args()

    servers: dict[str, Sequence[str]] = {
        "repairlsp": (sys.executable, "-m", "repairlsp", "serve"),
        "bare pygls": (sys.executable, "-c", PYGLS),
    }
    beside = Path(sys.executable).with_name("ruff")
    if ruff := (str(beside) if beside.exists() else shutil.which("ruff")):
        servers["ruff"] = (ruff, "server", "--isolated")

    starts: dict[str, list[Start]] = {name: [] for name in servers}
    for turn in range(args.starts + 1):
        for name, command in servers.items():
            measured = start(command)
            if turn:  # the first fills the disk cache
                starts[name].append(measured)
    figures: dict[str, Any] = {"cpus": os.cpu_count(), "load": os.getloadavg()[0]}
    print(f"{args.starts} starts each, taking turns; seconds; load {figures['load']:.1f}")
    for what in Start._fields:
        print(f"\nprocess start -> {what} answered      p50     p95   p50 / repairlsp")
        base = statistics.median(getattr(each, what) for each in starts["repairlsp"])
        for name, measured_starts in starts.items():
            values = [getattr(each, what) for each in measured_starts]
            p50, p95 = statistics.median(values), percentile(values, 95)
            figures[f"{name}: {what}"] = {"p50": p50, "p95": p95}
            print(f"  {name:34} {p50:8.3f}{p95:8.3f}{p50 / base:12.2f}")

    print(f"\ncodeAction, {LINES} lines, an edit before each; ms      p50     p95")
    for name, command in servers.items():
        offers = offer(command, args.requests)
        p50, p95 = statistics.median(offers.seconds), percentile(offers.seconds, 95)
        figures[f"{name}: offer"] = {"p50": p50, "p95": p95}
        print(f"  {name:46} {1000 * p50:8.2f}{1000 * p95:8.2f}")
        if name == "repairlsp":
            untouched = not offers.children and not offers.libraries
            figures["model untouched"] = untouched
            note = "    children: {}; model or parser libraries mapped: {}"
            print(note.format(offers.children or "none", offers.libraries or "none"))
    busy = offer_while_fixing(servers["repairlsp"], args.fix_seconds)
    p50, p95 = statistics.median(busy), percentile(busy, 95)
    figures["repairlsp: offer while fixing"] = {"p50": p50, "p95": p95, "requests": len(busy)}
    print(f"  {'repairlsp, while it searches for a fix':46} {1000 * p50:8.2f}{1000 * p95:8.2f}")
    if args.output:
        args.output.write_text(json.dumps(figures, indent=1) + "\n")
    return 0 if figures["model untouched"] else 1


if __name__ == "__main__":
    sys.exit(main())
