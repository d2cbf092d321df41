#!/usr/bin/env python3
"""What a sandbox adds to the time of one command, beside starting the command without any.

    python eval/bench/sandbox.py [--rounds 20]

The command is a Python that does nothing; the contestants take turns, so that a busy machine is
busy for all of them. The bar is 150 ms for bubblewrap. A candidate that forked children decide on
pays none of this: the whole fork server lives in one sandbox.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from repairlsp.sandbox import Sandbox, allowed_environment, bwrap_problem, choose
from repairlsp.types import SandboxMode

COMMAND = (sys.executable, "-I", "-S", "-c", "pass")
BAR_MS = 150


def confined(sandbox: Sandbox, folder: Path) -> Callable[[], None]:
    """A run of the command as a test run is confined."""
    prefixes = {Path(sys.prefix), Path(sys.base_prefix), Path(sys.executable).parent}

    def run() -> None:
        done = sandbox.run(
            COMMAND,
            cwd=folder,
            env=allowed_environment(),
            seconds=60,
            memory_bytes=4 << 30,
            writable=[folder],
            readable=sorted(prefixes),
        )
        assert done.exit_code == 0, done

    return run


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=20)
    rounds = parser.parse_args().rounds
    modes: tuple[SandboxMode, ...] = ("none", "limits", "bwrap")
    if bwrap_problem() is not None:
        print(f"without bwrap: {bwrap_problem()}")
        modes = ("none", "limits")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        runs: dict[str, Callable[[], None]] = {
            "plain": lambda: subprocess.run(COMMAND, cwd=folder, check=True) and None
        }
        runs.update({mode: confined(choose(mode), folder) for mode in modes})
        took: dict[str, list[float]] = {mode: [] for mode in runs}
        spent: dict[str, list[float]] = {mode: [] for mode in runs}
        for _ in range(rounds):
            for mode, run in runs.items():
                started, before = time.perf_counter(), _processor_time()
                run()
                took[mode].append(1000 * (time.perf_counter() - started))
                spent[mode].append(1000 * (_processor_time() - before))
    plain = statistics.median(took["plain"])
    for mode, times in took.items():
        median, processor = statistics.median(times), statistics.median(spent[mode])
        print(
            f"{mode:8}{median:7.1f} ms  {median - plain:+7.1f} ms  (fastest {min(times):.1f} ms, "
            f"processor time {processor:.1f} ms)"
        )
    if "bwrap" in took and statistics.median(took["bwrap"]) - plain > BAR_MS:
        sys.exit(f"bubblewrap costs more than {BAR_MS} ms")


def _processor_time() -> float:
    """Seconds that we and all processes that we have waited for took."""
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


if __name__ == "__main__":
    main()
