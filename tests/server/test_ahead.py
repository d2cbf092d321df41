"""A fix ahead of time: begun when idle after a save, one at most, gone with any edit."""

from __future__ import annotations

import asyncio

import pytest

from repairlsp.errors import UsageError
from repairlsp.server.ahead import Ahead
from repairlsp.server.targets import Finding, Lines, Target
from repairlsp.types import Observer, Patch, Progress, RepairResult

PATCH = Patch("", (), "unverified", "model", 1, None, None, None, 1.0)
FOUND = RepairResult("suggested", (PATCH,), None, (), {}, {}, 1.0)
NOTHING = RepairResult("not-repaired", (), None, (), {}, {}, 1.0)


def target(version: int = 1, message: str = "wrong", uri: str = "file:///a.py") -> Target:
    return Target(uri, version, Lines(3, 4), Finding(Lines(3, 4), message))


class Searches:
    """Searches that end when they are told to."""

    def __init__(self) -> None:
        self.begun: list[Target] = []
        self.cancelled: list[Target] = []
        self.go_on = asyncio.Event()
        self.result = FOUND
        self.error: Exception | None = None

    async def search(self, target: Target, observe: Observer) -> RepairResult:
        self.begun.append(target)
        try:
            await self.go_on.wait()
        except asyncio.CancelledError:
            self.cancelled.append(target)
            raise
        observe(Progress("validate", "checking candidates"))
        if self.error:
            raise self.error
        return self.result


async def idle() -> None:
    """Let timers of no seconds ring, and what they begin take its first steps."""
    await asyncio.sleep(0.01)


async def test_the_latest_diagnostic_of_a_saved_document_is_searched_for() -> None:
    ahead, searches = Ahead(0), Searches()
    ahead.saw(target(message="older"))
    ahead.saw(target())
    ahead.when_idle(searches.search)
    await idle()
    assert searches.begun == [], "it is not saved"
    ahead.saved("file:///a.py", 1)
    ahead.when_idle(searches.search)
    await idle()
    ahead.when_idle(searches.search)
    await idle()
    assert searches.begun == [target()], "and once is enough"
    begun = ahead.take(target())
    assert begun
    seen: list[Progress] = []
    searches.go_on.set()
    assert await begun.join(seen.append) == FOUND
    assert len(seen) == 1


async def test_there_is_never_more_than_one() -> None:
    ahead, searches = Ahead(0), Searches()
    ahead.saved("file:///a.py", 1)
    for message in ("one", "other"):
        ahead.saw(target(message=message))
        ahead.when_idle(searches.search)
        await idle()
    assert searches.cancelled == [target(message="one")]
    assert ahead.take(target(message="one")) is None
    assert ahead.take(target(message="other"))


async def test_moving_on_begins_the_wait_anew() -> None:
    ahead, searches = Ahead(3600), Searches()
    ahead.saved("file:///a.py", 1)
    ahead.saw(target())
    ahead.when_idle(searches.search)
    await idle()
    assert searches.begun == []
    ahead.forget()


async def test_an_edit_throws_it_away() -> None:
    ahead, searches = Ahead(0), Searches()
    ahead.saved("file:///a.py", 1)
    ahead.saw(target())
    ahead.when_idle(searches.search)
    await idle()
    ahead.forget()
    await idle()
    assert searches.cancelled == [target()]
    assert ahead.take(target()) is None
    ahead.saw(target())
    ahead.when_idle(searches.search)
    await idle()
    assert len(searches.begun) == 1, "it is to be saved again first"


async def test_one_that_somebody_waits_for_outlives_an_edit() -> None:
    ahead, searches = Ahead(0), Searches()
    ahead.saved("file:///a.py", 1)
    ahead.saw(target())
    ahead.when_idle(searches.search)
    await idle()
    begun = ahead.take(target())
    assert begun
    ahead.forget()
    searches.go_on.set()
    assert await begun.task == FOUND


@pytest.mark.parametrize("error", [None, UsageError("no", "yes")])
async def test_what_found_nothing_is_not_taken(error: Exception | None) -> None:
    ahead, searches = Ahead(0), Searches()
    searches.result, searches.error = NOTHING, error
    searches.go_on.set()
    ahead.saved("file:///a.py", 1)
    ahead.saw(target())
    ahead.when_idle(searches.search)
    await idle()
    assert searches.begun == [target()]
    assert ahead.take(target()) is None
