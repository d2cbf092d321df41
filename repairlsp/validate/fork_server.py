"""A pytest session in the sandbox that forks for every candidate: our side of it.

The far side is in_pytest/repairlsp_fork_server.py, which also has the messages. A fresh process
spends 0.4 to 3 s on starting Python, loading plugins and importing the project before it runs its
first test; a forked child starts with all of that done, in a few milliseconds.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import socket
import threading
import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

from repairlsp.errors import CancelledError
from repairlsp.sandbox import NEVER, Completed, Sandbox
from repairlsp.types import CancelToken, CoveredLine
from repairlsp.validate.command import TestCommand
from repairlsp.validate.limits import ChildLimits
from repairlsp.validate.project_copy import ProjectCopy
from repairlsp.validate.region import Imports, Region
from repairlsp.validate.report import read_coverage
from repairlsp.validate.runner import TestRunReport, report_of
from repairlsp.validate.session import new_key, run_session

Mode = Literal["warm", "cold"]
"""Where the server stops: after collection, or before anything of the project is loaded."""

_PLUGINS = (
    "repairlsp_time_limit",
    "repairlsp_coverage",
    "repairlsp_child",
    "repairlsp_fork_server",
)
_POLL_SECONDS = 0.05  # how soon a cancel is seen; the bar is 200 ms
_LATE_SECONDS = 3.0  # how much longer than its limit a child's end may take to be told


@dataclass(frozen=True, slots=True)
class Refusal:
    """A candidate, or all of them, cannot be run by this server; `why` is for people."""

    why: str
    lasting: bool = False


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """What a candidate does to one file."""

    path: str
    region: Region
    imports: Imports


@dataclass
class ForkServer:
    """One server in one working copy, which must be as the project is while the server starts.

    `ran` are the lines that ran outside every test before any patch; `preload` modules for a cold
    server to load, with the files that they must come from; `seconds` how long it may live. Ended
    by `close`, with all of its processes.
    Not to be used by two threads at a time.
    """

    copy: ProjectCopy
    command: TestCommand
    sandbox: Sandbox
    mode: Mode
    ran: Iterable[CoveredLine]
    memory_bytes: int
    seconds: float
    preload: Sequence[tuple[str, str]] = ()
    cpu_seconds: float = field(default=0.0, init=False)
    """The processor time that the children have taken."""
    modules: tuple[tuple[str, str], ...] = field(default=(), init=False)
    """The modules from outside the project that the server has loaded, with their files."""

    def __post_init__(self) -> None:
        self._path = self.copy.reports / f"{self.mode}.socket"
        self._listener: socket.socket | None = None
        self._connection: socket.socket | None = None
        self._received = b""
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None
        self._completed: Completed | None = None
        self._problem = ""

    def __enter__(self) -> ForkServer:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    # ------------------------------------------------------------------ its life

    def start(self) -> None:
        """Start the session, and do not wait for it."""
        self._path.unlink(missing_ok=True)  # an earlier server's
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            _bind(self._listener, self._path)
        except OSError as error:
            self._problem = f"no socket can be made at {self._path}: {error}"
            return
        self._listener.listen(1)
        self._thread = threading.Thread(
            target=self._host, name=f"repairlsp-{self.mode}-server", daemon=True
        )
        self._thread.start()

    def _host(self) -> None:
        """The thread that the session lives in."""
        lines: dict[str, list[int]] = {}
        for line in self.ran:
            lines.setdefault(line.path, []).append(line.line)
        self._completed = run_session(
            self.copy,
            self.command,
            self.sandbox,
            plugins=_PLUGINS,
            name=f"{self.mode}-",
            seconds=self.seconds,
            memory_bytes=self.memory_bytes,
            cancel=self._closing,
            coverage=None,  # a child starts it where it is asked for
            serve={
                "mode": self.mode,
                "socket": str(self._path),
                "ran": lines,
                "preload": list(self.preload),
            },
        )

    def wait_until_ready(self, seconds: float, cancel: CancelToken = NEVER) -> Refusal | None:
        """Why it cannot serve, or None when it does. Raises CancelledError."""
        deadline = time.monotonic() + seconds
        if not self._problem and self._connection is None:
            said = self._accept(deadline, cancel) and self._receive(deadline, cancel)
            if not said:
                self._problem = self._last_words()
            else:
                self._problem = said.get("refused", "")
                self.modules = tuple((name, file) for name, file in said["modules"])
        return Refusal(self._problem, lasting=True) if self._problem else None

    def close(self) -> None:
        """End the server and every process of it. Harmless when called again."""
        self._closing.set()
        for each in (self._connection, self._listener):
            if each is not None:
                each.close()  # the server leaves when it sees this
        self._connection = self._listener = None
        if self._thread is not None:
            self._thread.join()
        self._problem = self._problem or "it was ended"

    # ------------------------------------------------------------------ candidates

    def run(
        self,
        changes: Sequence[ChangedFile],
        tests: Collection[str] | None,
        *,
        tolerate: Collection[str] | None,
        limits: ChildLimits,
        coverage: bool = False,
        cancel: CancelToken = NEVER,
    ) -> TestRunReport | Refusal:
        """Run `tests`, all of them for None, in a child with the changes, which are also made in
        the copy. As `run_tests` otherwise. Raises CancelledError."""
        if self._problem or self._connection is None:
            return Refusal(self._problem or "it is not ready", lasting=True)
        path = self.copy.reports / f"{self.mode}-child.jsonl"
        lines = self.copy.reports / f"{self.mode}-child-coverage.json"
        path.unlink(missing_ok=True)
        key = new_key()
        request = {
            "regions": [
                [one.path, one.region.start, one.region.before, one.region.after, *one.imports]
                for one in changes
            ],
            "only": None if tests is None else list(tests),
            "tolerate": None if tolerate is None else sorted(tolerate),
            "case_seconds": limits.case,
            "cpu_seconds": limits.cpu_case,
            "cpu_total": limits.cpu_run,
            "seconds": limits.run,
            "report": str(path),
            "key": key,
            "coverage": str(lines) if coverage else None,
        }
        started = time.monotonic()
        answer = self._ask(request, started + limits.run + _LATE_SECONDS, cancel)
        elapsed = time.monotonic() - started
        if answer is None:
            self._problem = f"the server was lost: {self._last_words()}"
            return Refusal(self._problem, lasting=True)
        if "refused" in answer:
            return Refusal(answer["refused"])
        self.cpu_seconds += answer["cpu"]
        if answer["by"] == "cancel":
            raise CancelledError
        completed = Completed(answer["exit"], "", answer["by"], elapsed)
        report = report_of(completed, path, key, self.copy, elapsed, limits.run)
        return replace(report, coverage=read_coverage(lines).by_test) if coverage else report

    def _ask(
        self, request: Mapping[str, Any], deadline: float, cancel: CancelToken
    ) -> dict[str, Any] | None:
        try:
            self._send(request)
            return self._receive(deadline, cancel)
        except CancelledError:
            # The child is ended, and its answer taken, so that the next request gets its own.
            self._send({"cancel": True})
            self._receive(time.monotonic() + _LATE_SECONDS, NEVER)
            raise

    # ------------------------------------------------------------------ the connection

    def _send(self, message: Mapping[str, Any]) -> None:
        assert self._connection is not None
        with contextlib.suppress(OSError):  # the answer will say that nobody is there
            self._connection.sendall(json.dumps(message).encode() + b"\n")

    def _accept(self, deadline: float, cancel: CancelToken) -> bool:
        assert self._listener is not None
        while not self._readable(self._listener, cancel):
            if time.monotonic() > deadline or self._completed is not None:
                return False
        self._connection, _ = self._listener.accept()
        self._connection.setblocking(False)
        return True

    def _receive(self, deadline: float, cancel: CancelToken) -> dict[str, Any] | None:
        """The next message; None when none comes in time, or ever."""
        assert self._connection is not None
        while b"\n" not in self._received:
            if self._readable(self._connection, cancel):
                try:
                    data = self._connection.recv(1 << 16)
                except OSError:
                    data = b""
                if not data:
                    return None
                self._received += data
            elif time.monotonic() > deadline:
                return None
        line, _, self._received = self._received.partition(b"\n")
        message: dict[str, Any] = json.loads(line)
        return message

    def _readable(self, end: socket.socket, cancel: CancelToken) -> bool:
        """Whether there is something to read, after a short while. Raises CancelledError."""
        if cancel.is_set():
            raise CancelledError
        poll = select.poll()
        poll.register(end, select.POLLIN)
        return bool(poll.poll(_POLL_SECONDS * 1000))

    def _last_words(self) -> str:
        completed = self._completed
        if completed is None:
            return "it did not answer in time"
        lines = completed.output.strip().splitlines()
        return f"exit code {completed.exit_code}, {lines[-1] if lines else 'no output'}"


def _bind(listener: socket.socket, path: Path) -> None:
    """Bind where the path may be longer than the 100 or so bytes that a socket's address holds:
    temporary folders of CI jobs often are. Raises OSError."""
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        short = Path(f"/proc/self/fd/{folder}")  # Linux's other name of it
        listener.bind(str(short / path.name if short.exists() else path))
    finally:
        os.close(folder)
