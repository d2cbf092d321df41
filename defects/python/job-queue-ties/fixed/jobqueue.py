"""Jobs that wait to be run, the urgent ones first."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import IntEnum


class Priority(IntEnum):
    URGENT = 0
    NORMAL = 5
    IDLE = 9


@dataclass(frozen=True)
class Job:
    """A call that can be tried again; jobs are known by their names."""

    name: str
    function: Callable[..., object]
    arguments: dict[str, object] = field(default_factory=dict)
    attempts: int = 0


class JobQueue:
    """Jobs by priority; those of one priority in the order in which they were put in."""

    def __init__(self, max_attempts: int = 3) -> None:
        self._heap: list = []
        self._numbers = itertools.count()
        self._max_attempts = max_attempts
        self.given_up: list[Job] = []

    def __len__(self) -> int:
        return len(self._heap)

    def put(self, job: Job, priority: Priority = Priority.NORMAL) -> None:
        heapq.heappush(self._heap, (priority, next(self._numbers), job))

    def peek(self) -> Job | None:
        """The next job, which stays in the queue; None where there is none."""
        return self._heap[0][-1] if self._heap else None

    def get(self) -> tuple[Priority, Job]:
        """Take the next job out, with its priority. IndexError where there is none."""
        priority, _, job = heapq.heappop(self._heap)
        return priority, job

    def run_next(self) -> object:
        """Run the next job, and return its result.

        A job that raises is put in again, behind the others of its priority, until it has been
        tried so many times; then it is given up. None is returned for it.
        """
        priority, job = self.get()
        try:
            return job.function(**job.arguments)
        except Exception:
            tried = replace(job, attempts=job.attempts + 1)
            if tried.attempts < self._max_attempts:
                self.put(tried, priority)
            else:
                self.given_up.append(tried)
            return None

    def run_all(self) -> list[object]:
        """Run jobs until none is left; the results that are not None."""
        results = []
        while self._heap:
            result = self.run_next()
            if result is not None:
                results.append(result)
        return results
