#!/usr/bin/env python3
"""What a sandbox adds to the time of one command, and to that of one candidate.

    python eval/bench/sandbox.py [--rounds 20]

The command is a Python that does nothing, beside starting it without any sandbox. The candidates
are decided on by forked children, as most are: the whole fork server lives in one sandbox, so a
candidate should pay nothing. The contestants take turns, so that a busy machine is busy for all of
them. The bars for bubblewrap are 150 ms a command, by the median, and 5 ms a candidate, by the
fastest, for a candidate's times vary by more than that.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

from repairlsp.baseline import run_baseline
from repairlsp.sandbox import NEVER, Sandbox, allowed_environment, bwrap_problem, choose
from repairlsp.types import Candidate, Edit, LineSpan, RepairRequest, SandboxMode
from repairlsp.validate import Slot, Workspace, validate

COMMAND = (sys.executable, "-I", "-S", "-c", "pass")
BAR_MS = 150
CANDIDATE_BAR_MS = 5
SOURCE = "def total(prices):\n    return sum(prices) - {}\n"
TEST = "from shop import total\n\ndef test_total():\n    assert total([1, 2]) == 3\n"


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


@contextmanager
def candidates(project: Path, mode: SandboxMode) -> Iterator[Callable[[], None]]:
    """Checks of one wrong candidate after another, in forked children of one server."""
    request = RepairRequest(project, ("pytest", "-q"), sandbox=mode)
    with Workspace(project) as workspace:
        plan = run_baseline(request, workspace, NEVER).plan
        with Slot(workspace.copy(), plan) as slot:
            tried = 1

            def check() -> None:
                nonlocal tried
                tried += 1
                line = SOURCE.format(tried).splitlines()[1]
                edit = Edit("shop.py", LineSpan(2, 3), (line,))
                found = validate(Candidate((edit,), "bench"), slot, plan)
                assert (found.verdict, found.checked_by) == ("failing", "swap"), found

            check()  # starts the server
            yield check


class Times(NamedTuple):
    """Milliseconds of each contestant's turns: of the wall, and of processors."""

    wall: dict[str, list[float]]
    processor: dict[str, list[float]]

    def extra(self, name: str, base: str) -> float:
        """How much longer one takes than another, by their medians."""
        return statistics.median(self.wall[name]) - statistics.median(self.wall[base])


def in_turns(contestants: dict[str, Callable[[], None]], rounds: int) -> Times:
    times = Times({name: [] for name in contestants}, {name: [] for name in contestants})
    for _ in range(rounds):
        for name, run in contestants.items():
            started, before = time.perf_counter(), _processor_time()
            run()
            times.wall[name].append(1000 * (time.perf_counter() - started))
            times.processor[name].append(1000 * (_processor_time() - before))
    return times


def report(title: str, times: Times, base: str) -> None:
    print(title)
    for name, wall in times.wall.items():
        print(
            f"  {name:8}{statistics.median(wall):7.1f} ms  {times.extra(name, base):+7.1f} ms  "
            f"(fastest {min(wall):.1f} ms, "
            f"processor time {statistics.median(times.processor[name]):.1f} ms)"
        )


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
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder, project = Path(name), Path(name, "project")
        project.mkdir()
        (project / "shop.py").write_text(SOURCE.format(1))
        (project / "test_shop.py").write_text(TEST)
        runs: dict[str, Callable[[], None]] = {
            "plain": lambda: subprocess.run(COMMAND, cwd=folder, check=True) and None
        }
        runs.update({mode: confined(choose(mode), folder) for mode in modes})
        commands = in_turns(runs, rounds)
        checks = {mode: stack.enter_context(candidates(project, mode)) for mode in modes}
        children = in_turns(checks, rounds)
    report("one command", commands, "plain")
    report("one candidate in a forked child", children, "none")
    if "bwrap" in modes and commands.extra("bwrap", "plain") > BAR_MS:
        sys.exit(f"bubblewrap costs more than {BAR_MS} ms a command")
    if "bwrap" in modes and _slower(children, "bwrap", "none") > CANDIDATE_BAR_MS:
        sys.exit(f"bubblewrap costs more than {CANDIDATE_BAR_MS} ms a candidate")


def _slower(times: Times, name: str, base: str) -> float:
    """How much longer one takes than another at its best."""
    return min(times.wall[name]) - min(times.wall[base])


def _processor_time() -> float:
    """Seconds that we and all processes that we have waited for took."""
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


if __name__ == "__main__":
    main()
