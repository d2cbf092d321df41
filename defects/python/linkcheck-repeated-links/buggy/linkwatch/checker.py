"""Asks hosts whether links work."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from urllib.parse import urldefrag

from linkwatch.memo import AsyncMemo
from linkwatch.outcome import Outcome, Response, from_error, from_response
from linkwatch.slots import HostSlots

Request = Callable[[str], Awaitable[Response]]
MAX_REDIRECTS = 5


class Checker:
    """Checks links by the coroutine function `request`, which does one HTTP request."""

    def __init__(self, request: Request, per_host: int = 2) -> None:
        self._request = request
        self._slots = HostSlots(per_host)
        self._memo: AsyncMemo[str, Outcome] = AsyncMemo(self._ask)

    async def check(self, link: str) -> Outcome:
        """What is to be said about the link. Its fragment is ignored."""
        return await self._memo.get(urldefrag(link).url)

    async def check_all(self, links: Iterable[str]) -> dict[str, Outcome]:
        """The outcome of each link."""
        links = list(links)
        outcomes = await asyncio.gather(*(self.check(link) for link in links))
        return dict(zip(links, outcomes, strict=True))

    async def _ask(self, url: str) -> Outcome:
        place = url
        for _ in range(MAX_REDIRECTS + 1):
            try:
                async with self._slots.slot(place):
                    response = await self._request(place)
            except Exception as error:
                return from_error(url, error)
            if not response.location:
                return from_response(url, response)
            place = response.location
        return Outcome(url, "too many redirects")
