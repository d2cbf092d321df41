"""The same tasks on more than one machine: a Dask scheduler that the user's deployment runs.

Workers need this package installed, the suite's tools and, where a configuration names a folder or
a file, the model in the same place. Dask runs the tasks of a lost worker again; the store refuses
what comes twice. Extra `[cluster]`.
"""

from __future__ import annotations

import importlib
import itertools
import queue
import time
from concurrent.futures import CancelledError as FutureCancelledError
from typing import Any, Self

from repair_eval.run.perform import Performer
from repair_eval.run.tasks import Broken, Done, Outcome, Task
from repairlsp.errors import BrokenEnvironmentError

_CONNECT_SECONDS = 15
_PERFORMER: Performer | None = None


def perform_here(task: Task) -> Outcome:
    """Do a task in a worker of the cluster: one at a time, whatever threads it has."""
    global _PERFORMER  # noqa: PLW0603 (one per process, so that a model stays loaded)
    if _PERFORMER is None:
        _PERFORMER = Performer()
    return _PERFORMER.perform(task)


class Cluster:
    """Runs tasks on the workers of the scheduler at `address` (`tcp://HOST:8786`).

    Raises BrokenEnvironmentError where dask.distributed is not installed, nothing answers, or there
    are no workers.
    """

    def __init__(self, address: str) -> None:
        try:
            distributed: Any = importlib.import_module("distributed")
        except ModuleNotFoundError as error:
            hint = "pip install 'repairlsp[cluster]'"
            raise BrokenEnvironmentError("dask.distributed is not installed", hint) from error
        try:
            self._client: Any = distributed.Client(address, timeout=_CONNECT_SECONDS)
        except (OSError, ValueError) as error:  # distributed's timeouts are OSErrors
            hint = "start one by `dask scheduler`, and workers by `dask worker ADDRESS`"
            raise BrokenEnvironmentError(
                f"no scheduler answers at {address}: {error}", hint
            ) from error
        self.slots = len(self._client.scheduler_info(n_workers=-1)["workers"])
        if not self.slots:
            self._client.close()
            raise BrokenEnvironmentError(
                f"the scheduler at {address} has no workers", f"start some: dask worker {address}"
            )
        self._numbers = itertools.count()
        self._flying: dict[str, tuple[Task, Any]] = {}
        self._ended: queue.SimpleQueue[str] = queue.SimpleQueue()

    def submit(self, task: Task) -> None:
        """See `Executor`."""
        name = f"{type(task).__name__.lower()}-{next(self._numbers)}-{id(self):x}"
        future = self._client.submit(perform_here, task, key=name, pure=False)
        self._flying[name] = (task, future)
        future.add_done_callback(lambda done: self._ended.put(done.key))

    def wait(self, seconds: float) -> list[Done]:
        """See `Executor`."""
        done: list[Done] = []
        until = time.monotonic() + seconds
        while True:
            try:
                left = 0.0 if done else max(0.0, until - time.monotonic())
                name = self._ended.get(timeout=left) if left else self._ended.get_nowait()
            except queue.Empty:
                return done
            task, future = self._flying.pop(name)
            done.append(Done(task, _outcome(future)))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for flying in self._flying.values():
            flying[1].cancel()
        self._client.close()


def _outcome(future: Any) -> Outcome:
    try:
        outcome: Outcome = future.result(timeout=_CONNECT_SECONDS)
    except (Exception, FutureCancelledError) as error:  # noqa: BLE001 (the cluster's: KilledWorker)
        return Broken(f"the cluster: {type(error).__name__}: {error}")
    return outcome
