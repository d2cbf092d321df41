"""The near end of `launcher.py`: starts it, reads the output, ends it in time or on a cancel."""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from repairlsp.sandbox.base import Completed, Ending
from repairlsp.sandbox.output import CappedOutput
from repairlsp.types import CancelToken

_LAUNCHER = Path(__file__).with_name("launcher.py")
_POLL_SECONDS = 0.05  # how soon a cancel is seen; the bar is 200 ms
_GRACE_SECONDS = 3.0  # the launcher gives itself two to kill the tree
_MARK = "REPAIRLSP_RUN"


@dataclass(frozen=True, slots=True)
class ResourceLimits:
    """Limits of one command; 0 is no limit. `processes` counts beyond those already there."""

    memory_bytes: int = 0
    cpu_seconds: int = 0
    file_bytes: int = 0
    processes: int = 0


def usual_limits(memory_bytes: int, seconds: float) -> ResourceLimits:
    """The limits of both confining backends. Processor time is summed over a process's threads,
    so it is bounded by the wall time on every core; it ends what a lost supervisor left."""
    cpu_seconds = int(seconds * (os.cpu_count() or 1)) + 5
    return ResourceLimits(memory_bytes, cpu_seconds, file_bytes=1 << 30, processes=512)


def supervise(
    command: Sequence[str],
    *,
    cwd: Path,
    env: Mapping[str, str],
    seconds: float,
    limits: ResourceLimits,
    offline: bool,
    writable: Sequence[Path] | None = None,
    cancel: CancelToken,
) -> Completed:
    """Run `command` under the launcher until it and all its processes are gone.

    With `writable` it can write to these folders only, by Landlock, which must work here.
    The launcher watches a socket whose other end is ours: closing it kills the tree, and the
    kernel closes it when our own process dies, however it dies.
    """
    started = time.monotonic()
    mark = uuid.uuid4().hex
    ours, theirs = socket.socketpair()
    try:
        with theirs:
            process = subprocess.Popen(
                _launch(theirs.fileno(), limits, offline, writable, command),
                cwd=cwd,
                env={**env, _MARK: mark},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        output = CappedOutput()
        report, asked_by = b"", None
        try:
            report, asked_by = _follow(process, ours, output, started + seconds, cancel)
        finally:
            ours.close()  # in every way of ending, a KeyboardInterrupt too, the tree goes
            lost = not _wait(process) or not (report or asked_by)
            if lost:
                _kill_marked(mark)
            with contextlib.suppress(OSError):
                output.drain(process)
    finally:
        ours.close()
    elapsed = time.monotonic() - started
    reason, _, status = report.decode().partition(" ")
    if asked_by is not None and reason in ("killed", ""):
        return Completed(None, output.text(), asked_by, elapsed)
    if reason == "itself":
        return Completed(int(status), output.text(), "itself", elapsed)
    return Completed(None, output.text(), "processes" if reason == "processes" else "lost", elapsed)


def _launch(
    control: int,
    limits: ResourceLimits,
    offline: bool,
    writable: Sequence[Path] | None,
    command: Sequence[str],
) -> list[str]:
    numbers = (
        control,
        limits.memory_bytes,
        limits.cpu_seconds,
        limits.file_bytes,
        limits.processes,
        int(offline),
        -1 if writable is None else len(writable),
    )
    isolated = [sys.executable, "-I", "-S", str(_LAUNCHER)]  # no site: a third of the start time
    return [*isolated, *map(str, numbers), *map(str, writable or ()), "--", *command]


def _follow(
    process: subprocess.Popen[bytes],
    control: socket.socket,
    output: CappedOutput,
    deadline: float,
    cancel: CancelToken,
) -> tuple[bytes, Ending | None]:
    """Read output until the launcher reports; what it reported, and who asked it to end."""
    assert process.stdout is not None
    os.set_blocking(process.stdout.fileno(), False)
    asked_by: Ending | None = None
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        selector.register(control, selectors.EVENT_READ)
        while True:
            remaining = deadline - time.monotonic()
            timeout = min(_POLL_SECONDS, max(remaining, 0.0))
            for key, _ in selector.select(timeout if asked_by is None else _POLL_SECONDS):
                if key.fileobj is control:
                    return control.recv(64), asked_by
                if not output.read(process.stdout.fileno()):
                    selector.unregister(process.stdout)
            if asked_by is None:
                if cancel.is_set():
                    asked_by = "cancel"
                elif remaining <= 0:
                    asked_by = "time"
                if asked_by is not None:
                    control.shutdown(socket.SHUT_WR)
                    deadline = time.monotonic() + _GRACE_SECONDS
            elif remaining <= 0:
                return b"", asked_by


def _wait(process: subprocess.Popen[bytes]) -> bool:
    """Wait for the launcher; False when it had to be killed."""
    try:
        process.wait(_GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return False
    return True


def _kill_marked(mark: str) -> None:
    """Kill what a lost launcher left behind: every process that carries our mark (Linux)."""
    entry = f"{_MARK}={mark}".encode()
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if entry in (folder / "environ").read_bytes():
                os.kill(int(folder.name), signal.SIGKILL)
