"""The fix that nobody has asked for yet: that of the latest diagnostic, once its file is saved.

Never more than one, begun after a while of silence, and thrown away with whatever it depends on.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from repairlsp.server.targets import Target
from repairlsp.types import Observer, Progress, RepairResult

logger = logging.getLogger(__name__)

IDLE_SECONDS = 1.0
"""After the last save or move of the cursor. Tools that check a file when it is saved have said by
then what they found, and the editor has asked what can be done about it."""

Search = Callable[[Target, Observer], Coroutine[Any, Any, RepairResult]]


class Ahead:
    """What was seen and saved, and the one search ahead of time. On the event loop."""

    def __init__(self, idle_seconds: float = IDLE_SECONDS) -> None:
        self._idle_seconds = idle_seconds
        self._seen: Target | None = None
        self._saved: dict[str, int] = {}
        """The versions of documents that are saved."""
        self._timer: asyncio.TimerHandle | None = None
        self._target: Target | None = None
        """What was searched for last, which is not searched for again before the next edit."""
        self._search: Begun | None = None

    def saw(self, target: Target) -> None:
        """The client told of a diagnostic."""
        self._seen = target

    def saved(self, uri: str, version: int) -> None:
        self._saved[uri] = version

    def when_idle(self, search: Search) -> None:
        """Search for the latest diagnostic if its document is saved, and nothing comes before."""
        self._stop_timer()
        seen = self._seen
        if seen is None or seen == self._target or self._saved.get(seen.uri) != seen.version:
            return
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(self._idle_seconds, self._begin, seen, search)

    def take(self, target: Target) -> Begun | None:
        """The search for this target, if there is one that found something or still may.

        One that still runs is the taker's from now on: an edit no longer ends it.
        """
        search = self._search
        if target != self._target or search is None or search.found_nothing():
            return None
        if not search.task.done():
            self._search = None
        return search

    def forget(self) -> None:
        """Something was edited."""
        self._stop_timer()
        self._drop()
        self._saved.clear()
        self._seen = self._target = None

    def _begin(self, target: Target, search: Search) -> None:
        self._drop()
        self._target = target
        self._search = Begun(search, target)

    def _drop(self) -> None:
        if self._search is not None:
            self._search.task.cancel()
            self._search = None

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


class Begun:
    """A search ahead of time, and who watches it: nobody at first."""

    def __init__(self, search: Search, target: Target) -> None:
        self._watcher: Observer | None = None
        self.task = asyncio.create_task(search(target, self._observe))
        self.task.add_done_callback(_log_failure)

    async def join(self, observe: Observer) -> RepairResult:
        """Wait for the end; cancelled in mid-wait, the search is, too."""
        self._watcher = observe
        return await self.task

    def found_nothing(self) -> bool:
        """Whether it has ended so. With the cores to itself, a search may still find something."""
        task = self.task
        return task.done() and (
            task.cancelled() or task.exception() is not None or not task.result().patches
        )

    def _observe(self, step: Progress) -> None:
        if self._watcher is not None:
            self._watcher(step)


def _log_failure(task: asyncio.Task[RepairResult]) -> None:
    """Nobody has asked, so nobody is told."""
    if not task.cancelled() and (error := task.exception()) is not None:
        logger.info("no fix was found ahead of time: %s", error)
