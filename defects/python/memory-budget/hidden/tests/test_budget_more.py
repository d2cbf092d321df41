import asyncio

import pytest
from budget import Budget, run_jobs


def run(total, needs):
    """Run a job for each need; the largest sum that was reserved at the same time, and how many
    jobs ran."""
    running, peak, finished = [], [0], []

    async def main():
        budget = Budget(total)

        def job(need):
            async def work():
                running.append(need)
                peak[0] = max(peak[0], sum(running))
                for _ in range(1 + need % 3):
                    await asyncio.sleep(0)
                running.remove(need)
                finished.append(need)
                return need

            return work

        results = await run_jobs(budget, [(need, job(need)) for need in needs])
        assert results == needs
        assert budget.free == total

    asyncio.run(main())
    return peak[0], len(finished)


@pytest.mark.parametrize(
    ("total", "needs"),
    [
        (3, [2, 2, 2]),
        (10, [7, 7, 7, 7, 3]),
        (8, [5, 3, 8, 1, 1, 8, 4, 4]),
        (1, [1] * 6),
        (5, [3, 1, 4, 1, 5, 2, 2, 3, 5]),
    ],
)
def test_never_more_than_the_budget(total, needs):
    peak, finished = run(total, needs)
    assert peak <= total
    assert finished == len(needs)


def test_small_jobs_run_side_by_side():
    assert run(9, [3, 3, 3])[0] == 9


def test_nothing_is_reserved_after_an_error():
    async def main():
        budget = Budget(2)
        with pytest.raises(KeyError):
            async with budget.reserved(2):
                raise KeyError("x")
        async with budget.reserved(2):
            assert budget.free == 0

    asyncio.run(main())


def test_who_does_not_fit_yet_goes_on_waiting():
    async def main():
        budget = Budget(4)
        await budget.reserve(4)
        waiting = asyncio.ensure_future(budget.reserve(3))
        for free in (1, 2):
            await budget.give_back(1)
            for _ in range(5):
                await asyncio.sleep(0)
            assert not waiting.done()
            assert budget.free == free
        await budget.give_back(1)
        await waiting
        assert budget.free == 0

    asyncio.run(main())


@pytest.mark.parametrize("total", [0, -1])
def test_no_budget(total):
    with pytest.raises(ValueError):
        Budget(total)
