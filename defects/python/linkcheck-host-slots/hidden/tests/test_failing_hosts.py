import asyncio

import pytest
from linkwatch import Checker, HostSlots, Response

SECONDS = 1
"""Only tasks that wait for ever take this long."""


def run(main):
    async def limited():
        return await asyncio.wait_for(main, SECONDS)

    return asyncio.run(limited())


@pytest.mark.parametrize("error", [OSError("reset"), ValueError("x"), KeyError("y")])
def test_any_error_leaves_the_slot(error):
    async def main():
        slots = HostSlots(2)
        for _ in range(2):
            with pytest.raises(type(error)):
                async with slots.slot("https://a.example/"):
                    assert slots.used("https://a.example/") == 1
                    raise error
        return slots.used("https://a.example/")

    assert run(main()) == 0


def test_a_cancelled_task_leaves_its_slot():
    async def main():
        slots = HostSlots(1)

        async def hold():
            async with slots.slot("https://a.example/"):
                await asyncio.Event().wait()

        task = asyncio.create_task(hold())
        while not slots.used("https://a.example/"):
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert slots.used("https://a.example/") == 0
        async with slots.slot("https://a.example/"):
            return slots.used("https://a.example/")

    assert run(main()) == 1


def test_whoever_waits_goes_on_after_an_error():
    async def main():
        slots = HostSlots(1)
        entered = []

        async def use(name, fails):
            async with slots.slot("https://a.example/"):
                entered.append(name)
                await asyncio.sleep(0)
                if fails:
                    raise OSError(name)

        await asyncio.gather(
            use("a", True), use("b", True), use("c", False), return_exceptions=True
        )
        return entered

    assert run(main()) == ["a", "b", "c"]


def test_more_dead_links_than_slots():
    async def request(url):
        await asyncio.sleep(0)
        if "dead" in url:
            raise ConnectionRefusedError
        return Response(200)

    links = [f"https://a.example/{'dead' if n % 3 else 'good'}/{n}" for n in range(12)]
    outcomes = run(Checker(request, per_host=2).check_all(links))
    assert sum(outcome.works for outcome in outcomes.values()) == 4


def test_never_more_than_the_limit():
    async def main():
        slots = HostSlots(3)
        most = 0

        async def use(number):
            nonlocal most
            async with slots.slot("https://a.example/"):
                most = max(most, slots.used("https://a.example/"))
                await asyncio.sleep(0)
                if number % 2:
                    raise OSError

        await asyncio.gather(*(use(number) for number in range(10)), return_exceptions=True)
        return most, slots.used("https://a.example/")

    assert run(main()) == (3, 0)
