"""What a command left behind: processes that outlived it, and temporary files."""

from __future__ import annotations

import ctypes
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

_PR_SET_CHILD_SUBREAPER = 36


@contextmanager
def nothing_left(temporary: Path) -> Iterator[None]:
    """Fail if, after the block, a process that it started still runs, or `temporary` is not empty.

    On Linux this process adopts orphans while the block runs, so that none escapes the search,
    however many sessions and parents it went through. Killed ones get 2 seconds to be gone.
    """
    _adopt(True)
    before = set(psutil.Process().children(recursive=True))
    try:
        yield
        deadline = time.monotonic() + 2.0
        while (left := _running(before)) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not left, f"still running: {left}"
        remains = sorted(temporary.rglob("*"))
        assert not remains, f"still there: {remains}"
    finally:
        for process in _running(before):
            process.kill()
        _adopt(False)


def _running(before: set[psutil.Process]) -> list[psutil.Process]:
    """The descendants that are new; those that have ended are reaped on the way."""
    running = []
    for process in set(psutil.Process().children(recursive=True)) - before:
        try:
            if process.status() != psutil.STATUS_ZOMBIE:
                running.append(process)
            elif process.ppid() == os.getpid():
                os.waitpid(process.pid, os.WNOHANG)
        except (psutil.NoSuchProcess, ChildProcessError):
            continue
    return running


def _adopt(orphans: bool) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, int(orphans), 0, 0, 0)
