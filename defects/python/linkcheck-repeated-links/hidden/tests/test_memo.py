import asyncio

import pytest
from linkwatch import AsyncMemo

SECONDS = 5
"""Only a memo whose tasks wait for each other for ever takes this long."""


def run(main):
    async def limited():
        return await asyncio.wait_for(main, SECONDS)

    return asyncio.run(limited())


class Squares:
    def __init__(self, turns=2):
        self.turns = turns
        self.calls = []

    async def __call__(self, number):
        self.calls.append(number)
        for _ in range(self.turns):
            await asyncio.sleep(0)
        if number < 0:
            raise ValueError(number)
        return number * number


@pytest.mark.parametrize("turns", [0, 1, 5])
def test_each_key_once(turns):
    squares = Squares(turns)

    async def main():
        memo = AsyncMemo(squares)
        values = await asyncio.gather(*(memo.get(number) for number in [3, 4, 3, 3, 4]))
        return values, len(memo)

    assert run(main()) == ([9, 16, 9, 9, 16], 2)
    assert sorted(squares.calls) == [3, 4]


def test_asked_while_it_runs_and_later():
    squares = Squares(turns=4)

    async def main():
        memo = AsyncMemo(squares)
        first = asyncio.create_task(memo.get(3))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert await memo.get(3) == 9
        assert await first == 9
        assert await memo.get(3) == 9

    run(main())
    assert squares.calls == [3]


def test_other_keys_do_not_wait():
    async def main():
        arrived = asyncio.Event()

        async def compute(key):
            if key == "slow":
                await arrived.wait()
            else:
                arrived.set()
            return key.upper()

        memo = AsyncMemo(compute)
        return await asyncio.gather(memo.get("slow"), memo.get("fast"))

    assert run(main()) == ["SLOW", "FAST"]


def test_a_failure_is_everybodys_and_not_kept():
    attempts = []

    async def compute(key):
        attempts.append(key)
        await asyncio.sleep(0)
        if fails:
            raise ConnectionError(key)
        return key

    fails = True

    async def main():
        nonlocal fails
        memo = AsyncMemo(compute)
        errors = await asyncio.gather(*(memo.get("x") for _ in range(3)), return_exceptions=True)
        assert [type(error) for error in errors] == [ConnectionError] * 3
        fails = False
        before = len(attempts)
        assert await asyncio.gather(memo.get("x"), memo.get("x")) == ["x", "x"]
        assert len(attempts) == before + 1

    run(main())


def test_forgotten():
    squares = Squares()

    async def main():
        memo = AsyncMemo(squares)
        await memo.get(2)
        memo.forget(2)
        memo.forget(7)
        await asyncio.gather(memo.get(2), memo.get(2))

    run(main())
    assert squares.calls == [2, 2]


def test_values_that_are_false():
    squares = Squares()

    async def main():
        memo = AsyncMemo(squares)
        assert await memo.get(0) == 0
        assert await memo.get(0) == 0

    run(main())
    assert squares.calls == [0]
