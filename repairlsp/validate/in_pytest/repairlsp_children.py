"""Forks a child and waits for it, so that no process of it is left when its answer is given.

Python 3.9 or later, nothing but the standard library.
"""

from __future__ import annotations

import contextlib
import os
import random
import select
import signal
import socket
import sys
import threading
import time
import warnings
from pathlib import Path
from typing import Any, NamedTuple

_PR_SET_CHILD_SUBREAPER = 36
_TICK = 0.002  # seconds between two looks where the kernel cannot tell us about the child's end
_LOOK = 0.05  # seconds between two looks at its processor time


class Ended(NamedTuple):
    """`exit` is negative for a signal, None where `by` is not "itself" but "time" or "cancel".
    `cpu` is the processor time that the child and what it waited for took, in seconds."""

    exit: Any
    by: str
    cpu: float


def reason_not_to_fork() -> str:
    """Why this process must not fork; empty when it may."""
    if not hasattr(os, "fork"):
        return "this system has no fork"
    names = [each.name for each in threading.enumerate() if each is not threading.main_thread()]
    if names:
        return f"threads run when the tests are collected: {', '.join(names)}"
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return ""
    return "processes were started when the tests were collected"


def adopt_orphans() -> None:
    """Become the parent of processes that our children leave behind (Linux)."""
    with contextlib.suppress(Exception):  # no ctypes, or not Linux: the sandbox ends them later
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def fork() -> int:
    """Fork; the child is a session of its own and has the parent's random numbers, as it would have
    them had it collected the tests itself."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(Exception):
            stream.flush()
    state = random.getstate()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of threads, which are only those of C libraries
        pid = os.fork()
    if pid == 0:
        os.setsid()
        random.setstate(state)
    return pid


def wait(pid: int, seconds: float, cpu_seconds: float, connection: socket.socket) -> Ended:
    """Wait for the child, for `seconds` or `cpu_seconds` of its processor time at most, or until
    something comes on the connection, which is either a cancel or its end. Every process that it
    left is gone afterwards."""
    handle = _handle(pid)
    by, ended = _watch(pid, time.monotonic() + seconds, cpu_seconds, connection, handle)
    if handle is not None:
        os.close(handle)
    with contextlib.suppress(OSError):  # its group, of which mostly nobody is left
        os.killpg(pid, signal.SIGKILL)
    if by != "itself":
        os.kill(pid, signal.SIGKILL)
        ended = None, _reap(pid, 0)[1]
    _kill_leftovers()
    return Ended(ended[0], by, ended[1])


def _watch(
    pid: int, deadline: float, cpu_seconds: float, connection: socket.socket, handle: Any
) -> Any:
    """What ended the child or has to, and, if it ended by itself, what `_reap` says of it."""
    watched = [connection] if handle is None else [connection, handle]
    while True:
        left = deadline - time.monotonic()
        if left <= 0 or _cpu(pid) > cpu_seconds:
            return "time", None
        pause = _LOOK if handle is not None else _TICK
        ready, _, _ = select.select(watched, [], [], min(left, pause))
        if connection in ready:
            return "cancel", None
        ended = _reap(pid, os.WNOHANG)
        if ended is not None:
            return "itself", ended


def _cpu(pid: int) -> float:
    """The processor time that a process has taken; 0 where the kernel does not say."""
    try:
        return time.clock_gettime(~pid << 3 | 2)  # what clock_getcpuclockid(3) gives on Linux
    except OSError:
        return 0.0


def _handle(pid: int) -> Any:
    """A descriptor that becomes readable when the child ends; None where there is no such thing."""
    with contextlib.suppress(AttributeError, OSError):
        return os.pidfd_open(pid)
    return None


def _reap(pid: int, options: int) -> Any:
    """(exit code, processor time), or None while it runs."""
    gone, status, usage = os.wait4(pid, options)
    return (os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime) if gone else None


def _kill_leftovers() -> None:
    """Kill what has become our child because its own parent ended, until nothing is left."""
    while True:
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            return
        ours = str(os.getpid()).encode()
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError, IndexError):
                if stat.read_bytes().rpartition(b")")[2].split()[1] == ours:
                    os.kill(int(stat.parent.name), signal.SIGKILL)
        time.sleep(0.001)
