"""Heavy work, one job at a time, on one thread of its own.

A repair is synchronous and takes seconds, so it runs off the event loop; there is one thread for
all because two repairs at once would only halve each other's cores. It is our own thread rather
than an executor's: it lives as long as the process (the children of a thread that ends get its
death signal) and is a daemon, so it cannot keep a server alive whose client is gone.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any, TypeVar

from repairlsp.errors import CancelledError
from repairlsp.types import CancelToken

T = TypeVar("T")
logger = logging.getLogger(__name__)

MAX_WAITING = 4
"""More documents than anybody waits for at once; a client that asks for more gets "busy"."""


class BusyError(Exception):
    """The queue is full."""


class ReplacedError(Exception):
    """A newer job for the same key took this one's place."""


class _Job:
    def __init__(self, key: str, title: str, work: Callable[[CancelToken], Any]) -> None:
        self.key = key
        self.title = title
        self.work = work
        self.low = False
        self.cancel = threading.Event()
        self.outcome: asyncio.Future[Any] = asyncio.get_running_loop().create_future()

    def fail(self, error: Exception) -> None:
        self.cancel.set()
        if not self.outcome.done():
            self.outcome.set_exception(error)


class Jobs:
    """A queue of jobs with one worker thread. Its methods are called on the event loop.

    `changed` is called there when a job was queued or is done.
    """

    def __init__(
        self, max_waiting: int = MAX_WAITING, changed: Callable[[], object] = lambda: None
    ) -> None:
        self._max_waiting = max_waiting
        self._changed = changed
        self._waiting: deque[_Job] = deque()
        self._running: _Job | None = None
        self._thread: threading.Thread | None = None
        self._wake = threading.Condition()
        self._closed = False

    async def run(
        self, key: str, title: str, work: Callable[[CancelToken], T], *, low: bool = False
    ) -> T:
        """Do `work` on the thread when its turn comes, and return what it returns.

        `title` is what users know it by.
        A job with the same key that waits or runs is cancelled, and so is a `low` one by any other,
        which does not even begin where another is there. Cancelling the caller cancels the job, and
        does not wait for it: the thread is free again once the work has noticed.

        Raises BusyError, ReplacedError, asyncio.CancelledError, or what `work` raises.
        """
        job = _Job(key, title, work)
        job.low = low
        with self._wake:
            if self._closed:
                raise BusyError("the server is shutting down")
            if low and not all(job.low or job.cancel.is_set() for job in self._all()):
                raise BusyError("other work comes first")
            self._replace(key)
            if len(self._waiting) >= self._max_waiting:
                raise BusyError(f"{len(self._waiting)} fixes are waiting already")
            self._waiting.append(job)
            self._wake.notify()
        if self._thread is None:
            loop = asyncio.get_running_loop()
            self._thread = threading.Thread(
                target=self._serve, args=(loop,), name="repair", daemon=True
            )
            self._thread.start()
        self._changed()
        try:
            # T is what `work` returns; the future is untyped because the queue mixes jobs.
            value: T = await job.outcome
        except asyncio.CancelledError:
            self._drop(job)
            raise
        return value

    def keep(self, key: str) -> None:
        """Somebody waits for this low job now: let no other end it any more."""
        with self._wake:
            for job in self._all():
                job.low = job.low and job.key != key

    @property
    def titles(self) -> list[str]:
        """What runs or waits, in order."""
        with self._wake:
            return [job.title for job in self._all()]

    def close(self, seconds: float) -> bool:
        """Cancel everything and wait for the thread; False when it did not end in time."""
        with self._wake:
            self._closed = True
            self._replace(None)
            self._wake.notify()
        if self._thread is not None:
            self._thread.join(seconds)
        return self._thread is None or not self._thread.is_alive()

    def _replace(self, key: str | None) -> None:
        """Cancel the jobs of `key`, or all, and the low ones; the lock is held."""
        for job in self._all():
            if key is None or job.key == key or job.low:
                job.fail(ReplacedError("replaced by a newer request"))
        self._waiting = deque(job for job in self._waiting if not job.cancel.is_set())

    def _all(self) -> list[_Job]:
        return [*([self._running] if self._running else []), *self._waiting]

    def _drop(self, job: _Job) -> None:
        job.cancel.set()
        with self._wake:
            if job in self._waiting:
                self._waiting.remove(job)

    def _serve(self, loop: asyncio.AbstractEventLoop) -> None:
        while True:
            with self._wake:
                while not self._waiting and not self._closed:
                    self._wake.wait()
                if not self._waiting:
                    return
                job = self._running = self._waiting.popleft()
            value, error = None, None
            began = time.monotonic()
            try:
                value = job.work(job.cancel)
            except Exception as raised:  # noqa: BLE001 - it is handed on to whoever waits
                error = raised
            if job.cancel.is_set() and error is not None and not isinstance(error, CancelledError):
                logger.warning("a cancelled job ended in an error", exc_info=error)
            ending = type(error).__name__ if error else "done"
            logger.info("%s: %s after %.1f s", job.title, ending, time.monotonic() - began)
            with self._wake:
                self._running = None
            try:
                loop.call_soon_threadsafe(self._settle, job.outcome, value, error)
            except RuntimeError:  # the loop is closed: nobody waits any more
                return

    def _settle(self, outcome: asyncio.Future[Any], value: Any, error: Exception | None) -> None:
        self._changed()  # before whoever waits goes on: to it, the job is no longer there
        if outcome.done():
            return
        if error is not None:
            outcome.set_exception(error)
        else:
            outcome.set_result(value)
