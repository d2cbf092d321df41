"""How much memory and energy an attempt took."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from pathlib import Path
from types import TracebackType
from typing import Self

import psutil

_PERIOD_SECONDS = 0.2
_RAPL = Path("/sys/class/powercap")


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

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
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


class Rapl:
    """The energy counters of the processors (Intel RAPL, also on AMD), of whole packages.

    `since` a reading counts what the whole machine drew, so it is an attempt's only where nothing
    else runs. Since 2020 kernels let only root read them (CVE-2020-8694).
    """

    def __init__(self, folder: Path = _RAPL) -> None:
        self._zones = [zone for zone in sorted(folder.glob("intel-rapl:*")) if _is_package(zone)]

    def read(self) -> tuple[int, ...] | None:
        """Microjoules per package; None where there are no counters, or they cannot be read."""
        try:
            return tuple(int((zone / "energy_uj").read_text()) for zone in self._zones) or None
        except (OSError, ValueError):
            return None

    def since(self, before: tuple[int, ...] | None) -> float | None:
        """Joules since a reading, should the counters have started over at most once."""
        after = self.read()
        if before is None or after is None:
            return None
        total = 0
        for zone, old, new in zip(self._zones, before, after, strict=True):
            total += new - old
            if new < old:
                total += int((zone / "max_energy_range_uj").read_text())
        return total / 1e6


def _is_package(zone: Path) -> bool:
    return zone.name.count(":") == 1
