"""The model worker between fixes: started by the first, kept for the next, ended when idle."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from repairlsp.models.client import ModelWorker


class ModelState(NamedTuple):
    """The model's name, None for the embedded one, and the process that has it loaded, if any."""

    name: str | None
    pid: int | None


class ModelHost:
    """Holds at most one model worker. Its methods may be called on any thread.

    `unloaded` is called, on any thread, when the model was unloaded because it was idle.
    """

    def __init__(
        self, idle_seconds: float = 300.0, unloaded: Callable[[], object] = lambda: None
    ) -> None:
        self.idle_seconds = idle_seconds
        self._unloaded = unloaded
        self._lock = threading.Lock()
        self._worker: ModelWorker | None = None
        self._name: str | None = None
        self._timer: threading.Timer | None = None

    def get(self, name: str | None) -> ModelWorker:
        """The worker of model `name`. Its process starts when it is first asked for something.

        Raises ModelError when there is no such model.
        """
        from repairlsp.models.catalog import resolve
        from repairlsp.models.client import ModelWorker

        with self._lock:
            if self._worker is not None and self._name != name:
                self._worker.close()
                self._worker = None
            if self._worker is None:
                self._worker, self._name = ModelWorker(resolve(name)), name
            return self._worker

    def state(self) -> ModelState:
        worker = self._worker
        return ModelState(self._name, worker.pid if worker else None)

    def rest(self) -> None:
        """A fix is done: if none comes within the idle time, the model is unloaded."""
        with self._lock:
            self._stop_timer()
            if (worker := self._worker) is not None:
                # 0.1 s more than what is checked: the worker's own clock started a little later.
                self._timer = threading.Timer(self.idle_seconds + 0.1, self._unload, (worker,))
                self._timer.daemon = True
                self._timer.start()

    def close(self) -> None:
        """End the worker at once, and whatever it was computing."""
        with self._lock:
            self._stop_timer()
            if self._worker is not None:
                self._worker.close()

    def _unload(self, worker: ModelWorker) -> None:
        if worker.unload_if_idle(self.idle_seconds):
            self._unloaded()

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
