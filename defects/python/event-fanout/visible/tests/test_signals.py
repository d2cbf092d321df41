import asyncio

import pytest
from signals import Signals


@pytest.fixture
def signals():
    return Signals()


def test_listeners_are_told(signals):
    seen = []

    @signals.on("order.*")
    async def note(name, payload):
        await asyncio.sleep(0)
        seen.append((name, payload))

    asyncio.run(signals.publish("order.paid", 7))
    assert seen == [("order.paid", 7)]


def test_patterns(signals):
    @signals.on("order.*")
    async def orders(name, payload): ...

    @signals.on("*")
    async def everything(name, payload): ...

    assert signals.listeners("order.new") == [orders, everything]
    assert signals.listeners("user.new") == [everything]


def test_nobody_listens(signals):
    assert asyncio.run(signals.publish("order.paid")) == 0
