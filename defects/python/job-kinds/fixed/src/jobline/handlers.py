"""Which function does which jobs."""

from collections.abc import Callable
from typing import Any

from jobline.job import Job

Function = Callable[[str, dict[str, Any]], object]


class Handlers:
    """The functions by the kinds of jobs that they do."""

    def __init__(self) -> None:
        self._calls: dict[str, Callable[[dict[str, Any]], object]] = {}

    def on(self, *kinds: str) -> Callable[[Function], Function]:
        """Decorator: the function does the jobs of these kinds.

        It is called with the job's kind and payload.
        """

        def add(function: Function) -> Function:
            for kind in kinds:
                if kind in self._calls:
                    raise ValueError(f"{kind} has a handler already")
                self._calls[kind] = lambda payload, kind=kind: function(kind, payload)
            return function

        return add

    def handle(self, job: Job) -> None:
        """Do a job. LookupError where nobody does jobs of its kind."""
        try:
            call = self._calls[job.kind]
        except KeyError:
            raise LookupError(f"nobody does {job.kind}") from None
        call(job.payload)
