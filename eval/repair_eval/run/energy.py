"""How much energy an attempt took: a counter of the processor, or else an estimate."""

from __future__ import annotations

import contextlib
import importlib.util
import subprocess
import sys
from pathlib import Path
from typing import Protocol

from repair_eval.record import JOULES_PER_KWH, EnergySource

_RAPL = Path("/sys/class/powercap")


class EnergyMeter(Protocol):
    """Counts what the whole machine draws, so it is an attempt's only where nothing else runs."""

    source: EnergySource

    def begin(self) -> None:
        """Begin to count anew."""
        ...

    def end(self) -> float | None:
        """Joules since `begin`; None where they cannot be told."""
        ...

    def close(self) -> None:
        """End what was started."""
        ...


def open_meter(counters: Path = _RAPL) -> EnergyMeter | None:
    """The counters where they can be read, else codecarbon (extra `[energy]`) where it is
    installed; None where neither is."""
    rapl = Rapl(counters)
    return rapl if rapl.is_readable else CodeCarbon.open()


class Rapl:
    """The energy counters of the processors (Intel RAPL, also on AMD), of whole packages.

    Since 2020 kernels let only root read them (CVE-2020-8694), and virtual machines have none.
    """

    source: EnergySource = "rapl"

    def __init__(self, folder: Path) -> None:
        self._zones = [zone for zone in sorted(folder.glob("intel-rapl:*")) if _is_package(zone)]
        self._before: tuple[int, ...] | None = None

    @property
    def is_readable(self) -> bool:
        return self._read() is not None

    def begin(self) -> None:
        """See `EnergyMeter`."""
        self._before = self._read()

    def end(self) -> float | None:
        """See `EnergyMeter`. The counters may have started over once, after hours."""
        after = self._read()
        if self._before is None or after is None:
            return None
        total = 0
        for zone, old, new in zip(self._zones, self._before, after, strict=True):
            total += new - old
            if new < old:
                total += int((zone / "max_energy_range_uj").read_text())
        return total / 1e6

    def close(self) -> None:
        """Nothing to end."""

    def _read(self) -> tuple[int, ...] | None:
        """Microjoules per package; None where there are no counters, or they cannot be read."""
        try:
            return tuple(int((zone / "energy_uj").read_text()) for zone in self._zones) or None
        except (OSError, ValueError):
            return None


def _is_package(zone: Path) -> bool:
    return zone.name.count(":") == 1


class CodeCarbon:
    """codecarbon's estimate, by a process of its own (`carbon.py`): its libraries would be half of
    the memory that the gauge reads."""

    source: EnergySource = "codecarbon"

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = subprocess.Popen(
            [sys.executable, "-m", "repair_eval.run.carbon"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self._say("ready")

    @classmethod
    def open(cls) -> CodeCarbon | None:
        """None where it is not installed."""
        return cls() if importlib.util.find_spec("codecarbon") else None

    def begin(self) -> None:
        """See `EnergyMeter`."""
        self._say("begin")

    def end(self) -> float | None:
        """See `EnergyMeter`."""
        kilowatt_hours = self._say("end")
        return kilowatt_hours * JOULES_PER_KWH if kilowatt_hours else None

    def close(self) -> None:
        """See `EnergyMeter`."""
        process, self._process = self._process, None
        if process and process.stdin and process.stdout:
            with contextlib.suppress(OSError):  # it died, and what it was told went nowhere
                process.stdin.close()
            process.wait()
            process.stdout.close()

    def _say(self, word: str) -> float:
        """What it answers, a number; 0 once it does not work: no reading is no failed attempt."""
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            return 0.0
        try:
            process.stdin.write(f"{word}\n")
            process.stdin.flush()
            return float(process.stdout.readline())
        except (OSError, ValueError):
            process.kill()
            self.close()
            return 0.0
