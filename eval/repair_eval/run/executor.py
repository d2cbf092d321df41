"""What runs tasks: processes here, or a cluster."""

from __future__ import annotations

from typing import Protocol, Self

from repair_eval.run.tasks import Done, Task


class Executor(Protocol):
    """Runs tasks, some at a time, and tells how each ended, in any order."""

    slots: int
    """Tasks at a time; to queue a few more than that keeps all of them busy."""

    def submit(self, task: Task) -> None:
        """Queue a task."""
        ...

    def wait(self, seconds: float) -> list[Done]:
        """Those that ended since the last call; waits for one, at most so long."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None:
        """End what runs. Tasks in flight are lost."""
        ...
