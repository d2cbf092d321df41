"""How much memory an attempt took."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from typing import Self

import psutil

_PERIOD_SECONDS = 0.2


class MemoryGauge:
    """Peak resident bytes of this process and the model's, sampled five times a second."""

    def __init__(self, processes: Callable[[], Collection[int] | None]) -> None:
        self._processes = processes
        self._stop = threading.Event()
        self._peak: int | None = 0
        self._thread = threading.Thread(target=self._watch, name="repair-eval-gauge", daemon=True)

    @property
    def peak_bytes(self) -> int | None:
        """None where the model runs somewhere else."""
        return self._peak

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()
        self._look()

    def _watch(self) -> None:
        while not self._stop.wait(_PERIOD_SECONDS):
            self._look()

    def _look(self) -> None:
        others = self._processes()
        if others is None or self._peak is None:
            self._peak = None
            return
        self._peak = max(self._peak, _resident(None) + sum(map(_resident, others)))


def _resident(pid: int | None) -> int:
    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.Error:
        return 0  # it has just ended
