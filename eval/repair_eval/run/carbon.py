"""The process that asks codecarbon (https://codecarbon.io): words in, numbers out, one a line.

Its estimate is the load of the processor times the power that its model is sold for, and a rule of
thumb for the memory: good for telling much from little, not a configuration from its neighbour. It
opens no connection, and writes no file.
"""

from __future__ import annotations

import importlib
import sys
from typing import Any


def main() -> None:
    """Answer `begin` with 0, `end` with the kWh since then, anything else with 0, until the input
    ends."""
    codecarbon: Any = importlib.import_module("codecarbon")
    answers, sys.stdout = sys.stdout, sys.stderr  # whatever a library prints is no answer
    tracker = codecarbon.OfflineEmissionsTracker(
        country_iso_code="USA",  # only its CO2 depends on it, and the price table has its own
        measure_power_secs=1,
        save_to_file=False,
        save_to_api=False,
        allow_multiple_runs=True,
        log_level="critical",
    )
    tracker.start_task()  # the first looks the hardware up, for seconds
    tracker.stop_task()
    for line in sys.stdin:
        spent = 0.0
        if line == "begin\n":
            tracker.start_task()
        elif line == "end\n":
            measured = tracker.stop_task()
            spent = float(measured.energy_consumed) if measured else 0.0
        print(spent, file=answers, flush=True)


if __name__ == "__main__":
    main()
