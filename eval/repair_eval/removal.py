"""Temporary folders go while the next tests run.

To remove a folder can take 3 ms of waiting on a disk that takes part in the removal (ext4 on a
virtual disk; 4 microseconds in memory), and a run of pytest leaves about fifteen of them.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

_THREAD = ThreadPoolExecutor(max_workers=1, thread_name_prefix="repair-eval-removal")


def later(remove: Callable[[], object]) -> None:
    """Call `remove` in another thread, after those before it; the process does not end before."""
    _THREAD.submit(remove)
