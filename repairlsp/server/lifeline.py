"""Watches the process that started us, so that we do not outlive it.

LSP asks for this: "if the parent process is not alive then the server should exit". A closed
standard input says the same, but a killed editor's pipe may be held open by one of its children.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable

logger = logging.getLogger(__name__)

POLL_SECONDS = 0.5


async def watch(pid: int, ended: Callable[[], None]) -> None:
    """Call `ended` once, when process `pid` is gone.

    A process that is not there from the start is not watched: the client then runs in another
    container or on another machine, and its number means nothing here.
    """
    if not _alive(pid):
        logger.info("the client's process %d is not on this machine; not watching it", pid)
        return
    try:
        handle = os.pidfd_open(pid)
    except (AttributeError, OSError):  # not Linux, or an old kernel
        while _alive(pid):
            await asyncio.sleep(POLL_SECONDS)
    else:
        await _readable(handle)
    ended()


async def _readable(handle: int) -> None:
    """Wait until the process of a pidfd has ended (also as a zombie, which a signal would miss)."""
    loop = asyncio.get_running_loop()
    gone = asyncio.Event()
    loop.add_reader(handle, gone.set)
    try:
        await gone.wait()
    finally:
        loop.remove_reader(handle)
        os.close(handle)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
