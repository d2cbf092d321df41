"""The worker as a child process: start it confined, write lines to it, read its lines, end it."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
from collections import deque
from pathlib import Path
from typing import IO, Any

from repairlsp.errors import ModelError

Message = dict[str, Any]

_INHERITED = ("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "TEMP", "TMP")
_INHERITED_LIBRARIES = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT", "WINDIR")
_STDERR_LINES = 3  # what a traceback says is in its last line


class WorkerProcess:
    """One running worker. Made by `start`; `kill` is the only way it ends before it is asked to.

    `replies` gives each line that the worker writes, decoded, and None once it has ended.
    """

    def __init__(self, folder: Path, *, threads: int | None, niceness: int) -> None:
        self._command = _command(folder, threads, niceness)
        self._outbox: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._errors: deque[str] = deque(maxlen=_STDERR_LINES)
        self._started = threading.Event()
        self._ended = threading.Event()
        self._child: subprocess.Popen[bytes] | None = None
        self._failure: Exception | None = None
        self.replies: queue.SimpleQueue[Message | None] = queue.SimpleQueue()

    def start(self) -> None:
        """Start the process; it loads the model while we go on. Raises ModelError."""
        try:
            threading.Thread(target=self._live, name="repairlsp-model", daemon=True).start()
            self._started.wait()
        except RuntimeError as error:  # no memory for a thread
            self._failure = error
        if self._failure is not None:
            raise ModelError(
                f"the model worker cannot be started: {self._failure}",
                f"Is {sys.executable} still there, and is there memory left?",
            )

    @property
    def pid(self) -> int | None:
        """Process id while it runs."""
        # Not `poll`: it says "running" while another thread is in `wait`.
        return self._child.pid if self._child and not self._ended.is_set() else None

    def send(self, message: Message) -> None:
        """Queue a line; never blocks, whatever the worker does."""
        self._outbox.put(json.dumps(message).encode("ascii") + b"\n")

    def kill(self) -> None:
        """End it at once and wait until it is gone."""
        if self._child is not None:
            self._child.kill()
            self._child.wait()
            self._ended.set()

    @property
    def was_killed(self) -> bool:
        """Whether SIGKILL ended it, which is what the kernel sends when memory runs out."""
        return self._child is not None and self._child.wait() == -signal.SIGKILL

    def epitaph(self) -> str:
        """How it ended and the last it wrote to standard error; for messages."""
        code = self._child.wait() if self._child else None
        how = f"signal {-code}" if code is not None and code < 0 else f"exit status {code}"
        last = " | ".join(self._errors)
        return f"{how}: {last}" if last else how

    def _live(self) -> None:
        """Start the child and stay with it to its end, in one thread.

        The kernel sends the parent-death signal when the *thread* that started the child ends, so
        that thread must live exactly as long as the child may.
        """
        try:
            child = self._child = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                cwd=tempfile.gettempdir(),
                env=_environment(),
                start_new_session=True,  # a terminal's Ctrl-C goes to us, who decide
            )
        except OSError as error:
            self._failure = error
            return
        finally:
            self._started.set()
        assert child.stdin and child.stdout and child.stderr
        try:
            for target, pipe in ((self._write, child.stdin), (self._drain, child.stderr)):
                threading.Thread(target=target, args=(pipe,), daemon=True).start()
            with child.stdout:
                for line in child.stdout:
                    self.replies.put(_decode(line))
        except (RuntimeError, MemoryError) as error:  # no memory for a thread, or for a line
            self._errors.append(f"{type(error).__name__}: {error}")
        finally:
            self._ended.set()
            child.kill()  # without its output it is of no use, should it still be there
            child.wait()
            self._outbox.put(None)
            self.replies.put(None)

    def _write(self, pipe: IO[bytes]) -> None:
        try:
            with pipe:
                while (line := self._outbox.get()) is not None:
                    pipe.write(line)
                    pipe.flush()
        except OSError:
            return  # the worker is gone; whoever waits for a reply is told by `replies`

    def _drain(self, pipe: IO[bytes]) -> None:
        with pipe:
            for line in pipe:
                self._errors.append(line.decode("utf-8", "replace").rstrip())


def _command(folder: Path, threads: int | None, niceness: int) -> list[str]:
    # -P: no module is imported from the working directory. Not -I, which would also hide an
    # installation in the user's site-packages; the environment below has no PYTHON* variable.
    command = [sys.executable, "-P", "-m", "repairlsp.models.worker", str(folder)]
    command += ["--parent", str(os.getpid()), "--nice", str(niceness)]
    return command + ([] if threads is None else ["--threads", str(threads)])


def _environment() -> dict[str, str]:
    names = (*_INHERITED, *_INHERITED_LIBRARIES)
    return {name: os.environ[name] for name in names if name in os.environ}


def _decode(line: bytes) -> Message:
    try:
        message = json.loads(line)
    except ValueError:
        message = None
    if isinstance(message, dict):
        return message
    return {"id": None, "error": {"kind": "internal", "message": f"no reply: {line[:200]!r}"}}
