"""One job at a time, newer for older, never more than a few waiting."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable

import pytest

from repairlsp.errors import CancelledError
from repairlsp.server.jobs import BusyError, Jobs, ReplacedError
from repairlsp.types import CancelToken


class Gate:
    """Work that runs until it is let go or cancelled, and counts how many run at once."""

    running = 0
    most = 0

    def __init__(self) -> None:
        self.started = threading.Event()
        self.open = threading.Event()

    def work(self, cancel: CancelToken) -> str:
        Gate.running += 1
        Gate.most = max(Gate.most, Gate.running)
        self.started.set()
        try:
            while not self.open.wait(0.005):
                if cancel.is_set():
                    raise CancelledError
            return "done"
        finally:
            Gate.running -= 1


@pytest.fixture(autouse=True)
def nothing_runs() -> None:
    Gate.running = Gate.most = 0


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.sleep(0.002)


async def test_the_result_comes_back() -> None:
    jobs = Jobs()
    assert await jobs.run("a", "Fixing", lambda cancel: 7) == 7
    await until(lambda: not jobs.titles)
    assert jobs.close(1)


async def test_an_error_comes_back_and_the_next_job_runs() -> None:
    def fail(cancel: CancelToken) -> None:
        raise OSError("disk")

    jobs = Jobs()
    with pytest.raises(OSError, match="disk"):
        await jobs.run("a", "Fixing", fail)
    assert await jobs.run("a", "Fixing", lambda cancel: 7) == 7


async def test_a_newer_job_for_the_same_key_replaces_the_older() -> None:
    jobs, old, new = Jobs(), Gate(), Gate()
    new.open.set()
    older = asyncio.create_task(jobs.run("a", "Fixing", old.work))
    await until(old.started.is_set)
    assert await jobs.run("a", "Fixing", new.work) == "done"
    with pytest.raises(ReplacedError):
        await older


async def test_many_jobs_for_one_key_run_one_at_a_time_and_all_end() -> None:
    jobs, gates = Jobs(), [Gate() for _ in range(20)]
    gates[-1].open.set()
    tasks = [asyncio.create_task(jobs.run("a", "Fixing", gate.work)) for gate in gates]
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(each) for each in results] == [ReplacedError] * 19 + [str]
    assert Gate.most == 1


async def test_the_queue_is_bounded() -> None:
    jobs, gates = Jobs(max_waiting=2), [Gate() for _ in range(20)]
    tasks = [
        asyncio.create_task(jobs.run(str(n), "Fixing", gate.work)) for n, gate in enumerate(gates)
    ]
    await until(lambda: gates[0].started.is_set() or gates[1].started.is_set())
    for gate in gates:
        gate.open.set()
    results = await asyncio.gather(*tasks, return_exceptions=True)
    done = results.count("done")
    assert 2 <= done <= 3
    assert [type(each) for each in results].count(BusyError) == 20 - done
    assert Gate.most == 1


async def test_cancelling_the_caller_returns_at_once_and_stops_the_work() -> None:
    jobs, gate = Jobs(), Gate()
    task = asyncio.create_task(jobs.run("a", "Fixing", gate.work))
    await until(gate.started.is_set)
    started = time.perf_counter()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert time.perf_counter() - started < 0.2
    await until(lambda: not jobs.titles)
    assert Gate.running == 0


async def test_a_cancelled_job_that_waits_never_starts() -> None:
    jobs, running, waiting = Jobs(), Gate(), Gate()
    first = asyncio.create_task(jobs.run("a", "Fixing", running.work))
    second = asyncio.create_task(jobs.run("b", "Fixing", waiting.work))
    await until(running.started.is_set)
    second.cancel()
    with pytest.raises(asyncio.CancelledError):
        await second
    running.open.set()
    assert await first == "done"
    await until(lambda: not jobs.titles)
    assert not waiting.started.is_set()


async def test_closing_ends_everything() -> None:
    jobs, running, waiting = Jobs(), Gate(), Gate()
    tasks = [
        asyncio.create_task(jobs.run("a", "Fixing", running.work)),
        asyncio.create_task(jobs.run("b", "Fixing", waiting.work)),
    ]
    await until(running.started.is_set)
    assert jobs.close(5)
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(each) for each in results] == [ReplacedError, ReplacedError]
    with pytest.raises(BusyError):
        await jobs.run("c", "Fixing", lambda cancel: 1)


async def test_closing_does_not_wait_for_work_that_does_not_listen() -> None:
    jobs, release = Jobs(), threading.Event()
    task = asyncio.create_task(jobs.run("a", "Fixing", lambda cancel: release.wait(10)))
    await until(lambda: jobs.titles)
    assert not jobs.close(0.05)
    release.set()
    with pytest.raises(ReplacedError):
        await task


async def test_a_low_job_gives_way_to_any_other() -> None:
    jobs, low, high = Jobs(), Gate(), Gate()
    high.open.set()
    task = asyncio.create_task(jobs.run("a", "Ahead", low.work, low=True))
    await until(low.started.is_set)
    assert await jobs.run("b", "Fixing", high.work) == "done"
    with pytest.raises(ReplacedError):
        await task
    assert Gate.most == 1


async def test_a_low_job_does_not_begin_beside_another() -> None:
    jobs, running = Jobs(), Gate()
    task = asyncio.create_task(jobs.run("a", "Fixing", running.work))
    await until(running.started.is_set)
    with pytest.raises(BusyError):
        await jobs.run("b", "Ahead", lambda cancel: 1, low=True)
    running.open.set()
    assert await task == "done"


async def test_a_low_job_that_is_waited_for_is_as_good_as_any() -> None:
    jobs, kept, other = Jobs(), Gate(), Gate()
    other.open.set()
    first = asyncio.create_task(jobs.run("a", "Ahead", kept.work, low=True))
    await until(kept.started.is_set)
    jobs.keep("a")
    second = asyncio.create_task(jobs.run("b", "Fixing", other.work))
    await asyncio.sleep(0)
    kept.open.set()
    assert [await first, await second] == ["done", "done"]


async def test_a_low_job_takes_the_place_of_another() -> None:
    jobs, older = Jobs(), Gate()
    task = asyncio.create_task(jobs.run("a", "Ahead", older.work, low=True))
    await until(older.started.is_set)
    assert await jobs.run("b", "Ahead", lambda cancel: 7, low=True) == 7
    with pytest.raises(ReplacedError):
        await task
