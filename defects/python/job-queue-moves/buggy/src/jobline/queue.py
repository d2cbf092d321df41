"""Jobs that wait for their time."""

import heapq
from itertools import count

from jobline.job import Job


class JobQueue:
    """Jobs in the order in which they are due, and of those due together, in the order of pushing.

    A job has one place in the queue: pushing it again takes it from there, and puts it in anew at
    the time that is given now, behind those that are due with it.
    """

    def __init__(self) -> None:
        self._heap: list[tuple[float, int, str]] = []
        self._jobs: dict[str, Job] = {}
        self._numbers = count()

    def __len__(self) -> int:
        return len(self._jobs)

    def push(self, job: Job, due: float) -> None:
        self._jobs[job.id] = job
        heapq.heappush(self._heap, (due, next(self._numbers), job.id))

    def cancel(self, job_id: str) -> bool:
        """Take a job out; whether it was there."""
        return self._jobs.pop(job_id, None) is not None

    def next_due(self) -> float | None:
        """When the next job is due; None where there is none."""
        self._drop_left()
        return self._heap[0][0] if self._heap else None

    def pop(self, now: float) -> Job | None:
        """Take out the first job that is due; None where none is due yet."""
        due = self.next_due()
        if due is None or due > now:
            return None
        _, _, job_id = heapq.heappop(self._heap)
        return self._jobs.pop(job_id)

    def _drop_left(self) -> None:
        """Drop places at the front of the heap that their jobs have left."""
        while self._heap and self._heap[0][2] not in self._jobs:
            heapq.heappop(self._heap)
