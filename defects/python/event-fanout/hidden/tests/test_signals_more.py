import asyncio
import logging

import pytest
from signals import Signals


@pytest.mark.parametrize("turns", [0, 1, 5])
def test_publish_waits_for_slow_listeners(turns):
    signals, seen = Signals(), []

    @signals.on("a")
    async def slow(name, payload):
        for _ in range(turns):
            await asyncio.sleep(0)
        seen.append("slow")

    @signals.on("a")
    async def fast(name, payload):
        seen.append("fast")

    async def main():
        count = await signals.publish("a")
        assert sorted(seen) == ["fast", "slow"]
        return count

    assert asyncio.run(main()) == 2


def test_listeners_run_side_by_side():
    signals = Signals()
    here, there = [], []

    @signals.on("a")
    async def first(name, payload):
        here.append(1)
        while not there:
            await asyncio.sleep(0)

    @signals.on("a")
    async def second(name, payload):
        there.append(1)
        while not here:
            await asyncio.sleep(0)

    asyncio.run(signals.publish("a"))
    assert here and there


def test_an_error_is_logged(caplog):
    signals, seen = Signals(), []

    @signals.on("a")
    async def broken(name, payload):
        raise ValueError(payload)

    @signals.on("a")
    async def note(name, payload):
        seen.append(payload)

    with caplog.at_level(logging.ERROR):
        assert asyncio.run(signals.publish("a", 3)) == 2
    assert seen == [3]
    assert "a listener of a failed" in caplog.text


def test_signals_from_a_listener():
    signals, seen = Signals(), []

    @signals.on("outer")
    async def outer(name, payload):
        await signals.publish("inner", payload + 1)
        seen.append("outer")

    @signals.on("inner")
    async def inner(name, payload):
        await asyncio.sleep(0)
        seen.append(payload)

    asyncio.run(signals.publish("outer", 1))
    assert seen == [2, "outer"]
