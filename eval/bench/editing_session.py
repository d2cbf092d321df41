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
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
from language_client import Buffer, Client, quantile

SOURCES = Path(__file__).resolve().parents[2] / "repairlsp"
FILES = 50
MOST_P95 = 0.050
MOST_GROWTH = 20 << 20
KEYS_PER_SECOND = 5.0


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
    client.request("textDocument/codeAction", buffer.question(line))
    for method in ("textDocument/codeLens", "textDocument/diagnostic"):
        client.request(method, {"textDocument": {"uri": buffer.uri}})


def fix(client: Client, buffer: Buffer, line: int, chance: random.Random) -> int:
    """Ask for a fix of the line, or for the tests."""
    if chance.random() < 0.2:
        arguments = [{"uri": buffer.uri}]
        command = chance.choice(["repairlsp.runTests", "repairlsp.fixTest"])
        params = {"command": command, "arguments": arguments}
        return client.request("workspace/executeCommand", params)
    return client.request("codeAction/resolve", buffer.action(line))


def run(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    files = project(folder / "project")
    client = Client(folder)
    server = psutil.Process(client.process.pid)
    client.initialize(folder / "project", max_seconds=10, search_seconds=20)
    buffers = [Buffer(file) for file in files]
    for buffer in buffers:
        client.open(buffer)
    first = client.request("workspace/executeCommand", fix_tests(buffers[0]))
    client.wait(first)
    client.replies.seconds.clear()
    before = server.memory_info().rss
    end = time.monotonic() + options.minutes * 60 / options.speed
    for pause in session(client, buffers, options.seed, options.speed):
        if time.monotonic() >= end:
            break
        time.sleep(pause)
    last = time.monotonic() + 120  # a full queue of searches, on a busy machine
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
