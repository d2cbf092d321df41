"""How many requests a host gets at a time."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit


class HostSlots:
    """Lets at most `limit` tasks at a time use each host."""

    def __init__(self, limit: int) -> None:
        if limit < 1:
            raise ValueError("a host needs a slot")
        self.limit = limit
        self._used: Counter[str] = Counter()
        self._freed = asyncio.Condition()

    def used(self, url: str) -> int:
        """How many slots of the URL's host are taken now."""
        return self._used[_host(url)]

    @asynccontextmanager
    async def slot(self, url: str) -> AsyncIterator[None]:
        """Wait for a slot of the URL's host, and hold it for the block."""
        host = _host(url)
        async with self._freed:
            await self._freed.wait_for(lambda: self._used[host] < self.limit)
            self._used[host] += 1
        yield
        async with self._freed:
            self._used[host] -= 1
            self._freed.notify_all()


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""
