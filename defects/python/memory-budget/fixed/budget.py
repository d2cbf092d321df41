"""A budget of memory for jobs that run at the same time."""

import asyncio
from contextlib import asynccontextmanager


class Budget:
    """So many megabytes, of which jobs reserve what they need.

    A job that needs more than is free waits until others give theirs back. What is reserved at
    any time is never more than the budget.
    """

    def __init__(self, total):
        if total <= 0:
            raise ValueError(f"not a budget: {total}")
        self.total = total
        self._free = total
        self._changed = asyncio.Condition()

    @property
    def free(self):
        return self._free

    async def reserve(self, amount):
        """Wait until the amount is free, and take it. ValueError where it never will be."""
        if not 0 <= amount <= self.total:
            raise ValueError(f"cannot reserve {amount} of {self.total}")
        async with self._changed:
            while self._free < amount:
                await self._changed.wait()
            self._free -= amount

    async def give_back(self, amount):
        async with self._changed:
            self._free = min(self.total, self._free + amount)
            self._changed.notify_all()

    @asynccontextmanager
    async def reserved(self, amount):
        """The amount is reserved inside of `async with`."""
        await self.reserve(amount)
        try:
            yield
        finally:
            await self.give_back(amount)


async def run_jobs(budget, jobs):
    """Run all jobs, each a pair (amount, function), as soon as the budget allows; their results in
    the order of the jobs.
    """

    async def run(amount, function):
        async with budget.reserved(amount):
            return await function()

    return await asyncio.gather(*(run(amount, function) for amount, function in jobs))
