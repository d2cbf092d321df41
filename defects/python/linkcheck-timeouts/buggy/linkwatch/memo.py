"""Remembers what coroutines found out."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class AsyncMemo(Generic[K, V]):
    """The values of a coroutine function, by key.

    The function runs once for each key, also when several tasks ask for it at the same time;
    tasks with different keys do not wait for each other. Where it raises, whoever waits gets the
    error, and the next one who asks starts it anew.
    """

    def __init__(self, compute: Callable[[K], Awaitable[V]]) -> None:
        self._compute = compute
        self._values: dict[K, V] = {}
        self._locks: dict[K, asyncio.Lock] = {}

    def __len__(self) -> int:
        """How many values are known."""
        return len(self._values)

    async def get(self, key: K) -> V:
        async with self._locks.setdefault(key, asyncio.Lock()):
            if key not in self._values:
                self._values[key] = await self._compute(key)
            return self._values[key]

    def forget(self, key: K) -> None:
        """Compute the value anew when somebody asks for it."""
        self._values.pop(key, None)
