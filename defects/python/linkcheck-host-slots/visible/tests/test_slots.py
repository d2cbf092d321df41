import asyncio

import pytest
from linkwatch import HostSlots

URL = "https://www.example/a"


def test_used():
    async def main():
        slots = HostSlots(2)
        async with slots.slot(URL), slots.slot("https://www.example/b"):
            assert slots.used(URL) == 2
            assert slots.used("https://other.example/") == 0
        assert slots.used(URL) == 0

    asyncio.run(main())


def test_waits_for_a_free_slot():
    async def main():
        slots = HostSlots(1)
        order = []

        async def use(name):
            async with slots.slot(URL):
                order.append(f"{name} in")
                await asyncio.sleep(0)
                order.append(f"{name} out")

        await asyncio.gather(use("a"), use("b"))
        return order

    assert asyncio.run(main()) == ["a in", "a out", "b in", "b out"]


def test_a_failed_request_leaves_its_slot():
    async def main():
        slots = HostSlots(1)
        with pytest.raises(OSError, match="reset"):
            async with slots.slot(URL):
                raise OSError("connection reset")
        return slots.used(URL)

    assert asyncio.run(main()) == 0


def test_limit():
    with pytest.raises(ValueError):
        HostSlots(0)
