import asyncio

import pytest
from budget import Budget, run_jobs


def test_reserve_and_give_back():
    async def main():
        budget = Budget(10)
        async with budget.reserved(6):
            assert budget.free == 4
        assert budget.free == 10

    asyncio.run(main())


def test_more_than_there_ever_is():
    async def main():
        with pytest.raises(ValueError):
            await Budget(10).reserve(11)

    asyncio.run(main())


def test_three_jobs_that_need_most_of_it():
    async def main():
        budget = Budget(10)
        seen = []

        async def job():
            await asyncio.sleep(0)
            seen.append(budget.free)
            return len(seen)

        assert await run_jobs(budget, [(7, job)] * 3) == [1, 2, 3]
        assert seen == [3, 3, 3]

    asyncio.run(main())
