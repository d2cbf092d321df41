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
        self._places: dict[str, tuple[int, Job]] = {}
        self._numbers = count()

    def __len__(self) -> int:
        return len(self._places)

    def push(self, job: Job, due: float) -> None:
        number = next(self._numbers)
        self._places[job.id] = number, job
        heapq.heappush(self._heap, (due, number, job.id))

    def cancel(self, job_id: str) -> bool:
        """Take a job out; whether it was there."""
        return self._places.pop(job_id, None) is not None

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
        _, job = self._places.pop(job_id)
        return job

    def _drop_left(self) -> None:
        """Drop places at the front of the heap that their jobs have left."""
        while self._heap:
            _, number, job_id = self._heap[0]
            if job_id in self._places and self._places[job_id][0] == number:
                break
            heapq.heappop(self._heap)
