"""Signals: things that happen, and who wants to know."""

from __future__ import annotations

import asyncio
import fnmatch
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

log = logging.getLogger(__name__)

Listener = Callable[[str, Any], Awaitable[None]]


@dataclass
class Signals:
    """Listeners by the pattern of the names that they listen to, as in `order.*`."""

    _listeners: list[tuple[str, Listener]] = field(default_factory=list)

    def on(self, pattern: str) -> Callable[[Listener], Listener]:
        """Decorator for listeners, which are called with the name and the payload."""

        def register(listener: Listener) -> Listener:
            self._listeners.append((pattern, listener))
            return listener

        return register

    def listeners(self, name: str) -> list[Listener]:
        return [one for pattern, one in self._listeners if fnmatch.fnmatchcase(name, pattern)]

    async def publish(self, name: str, payload: Any = None) -> int:
        """Tell all listeners, side by side, and wait until each of them is done.

        Returns how many there were. The error of a listener is logged, and nobody else's business.
        """
        listeners = self.listeners(name)
        asyncio.gather(*(self._call(one, name, payload) for one in listeners))
        return len(listeners)

    async def _call(self, listener: Listener, name: str, payload: Any) -> None:
        try:
            await listener(name, payload)
        except Exception:
            log.exception("a listener of %s failed", name)
