"""Runs what is due."""

from jobline.handlers import Handlers
from jobline.job import Job
from jobline.queue import JobQueue
from jobline.retry import RetryPolicy


class Runner:
    """Runs the jobs of a queue. Whoever owns it calls `run` now and then, with the time."""

    def __init__(self, queue: JobQueue, handlers: Handlers, retry: RetryPolicy) -> None:
        self._queue = queue
        self._handlers = handlers
        self._retry = retry
        self.done: list[str] = []
        self.failed: list[Job] = []

    def run(self, now: float) -> int:
        """Run all jobs that are due; how many were tried.

        One that fails waits for as long as the policy says, from now on, and is tried again, until
        the policy gives up; then it is in `failed`.
        """
        tried = 0
        while (job := self._queue.pop(now)) is not None:
            tried += 1
            job.attempts += 1
            try:
                self._handlers.handle(job)
            except Exception as error:
                job.error = f"{type(error).__name__}: {error}"
                delay = self._retry.delay(job.attempts)
                if delay is None:
                    self.failed.append(job)
                else:
                    self._queue.push(job, now + delay)
            else:
                self.done.append(job.id)
        return tried
