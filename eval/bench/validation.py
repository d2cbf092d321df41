#!/usr/bin/env python3
"""How many candidates are generated, scored and validated per second, cold and warm.

    python eval/bench/validation.py [--rounds 3] [--write]

Validation is measured on three projects that the script makes, in one run and taking turns, so that
a busy machine is busy for all of them:

- repairlsp with its fork servers, and with a new pytest process for each candidate;
- `python -m pytest -q -x` for each candidate, without sandbox or report: the least one can do;
- mutmut 3, a mutation tester that also forks, on its own mutants of the same functions, in both of
  its ways of isolating them.

*start* is what comes before the first verdict: working copies, the first run of the tests with
coverage, the servers; for mutmut its own copies, statistics and checks. *warm* are verdicts per
second after it; *cold* are those per second of the whole time with the start. Candidates are those
of the fix templates that the tests refute: nearly all that a search validates are of this kind.

`--write` puts the tables into eval/results/validation.md. The first run makes a virtual environment
with pytest, numpy and mutmut. Times are of this machine at this moment: read the ratios.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import re
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.generation import Speed, generation
from bench.validation_projects import BenchProject, function_context, make_projects
from synthetic.environment import CACHE, environment, python
from synthetic.machine import commit, machine

from repairlsp.baseline import run_baseline
from repairlsp.generate import templates
from repairlsp.patches import Policy
from repairlsp.sandbox import NEVER
from repairlsp.screen import Screen
from repairlsp.source import SourceText
from repairlsp.types import Candidate, Limits, RepairRequest
from repairlsp.validate import Slot, Workspace, validate

HERE = Path(__file__).resolve().parent
RESULTS = HERE.parent / "results" / "validation.md"
CORES = (1, 2)
COMMAND = ("pytest", "-q")


class Verdicts(NamedTuple):
    """`verdicts` in `seconds`, after `start` seconds in which there was none. `ways` counts them by
    what repairlsp checked them with: swap and fork are its two fork servers."""

    start: float
    verdicts: int
    seconds: float
    ways: Mapping[str, int] = MappingProxyType({})

    @property
    def warm(self) -> float:
        return self.verdicts / self.seconds

    @property
    def cold(self) -> float:
        return self.verdicts / (self.start + self.seconds)


# ------------------------------------------------------------------------------- contestants


def with_repairlsp(
    project: BenchProject, candidates: Sequence[Candidate], slots: int, *, fork: bool
) -> Verdicts:
    """What the engine does, without generating: working copies, baseline, slots, verdicts."""
    started = time.perf_counter()
    with ExitStack() as stack:
        workspace = stack.enter_context(Workspace(project.buggy))
        baseline = run_baseline(request_for(project), workspace, NEVER)
        ready = [
            stack.enter_context(Slot(workspace.copy(), baseline.plan, use_fork_server=fork))
            for _ in range(slots)
        ]
        for slot in ready:
            slot.warm_up()

        def check(slot: Slot, part: Sequence[Candidate]) -> Counter[str]:
            said = [validate(candidate, slot, baseline.plan) for candidate in part]
            assert all(one.verdict in ("failing", "timeout") for one in said), said
            return Counter(str(one.checked_by) for one in said)

        with ThreadPoolExecutor(slots) as pool:
            list(pool.map(check, ready, [candidates[-1:]] * slots))
            start = time.perf_counter() - started
            parts = [candidates[slot::slots] for slot in range(slots)]
            ways = sum(pool.map(check, ready, parts), Counter[str]())
        return Verdicts(start, ways.total(), time.perf_counter() - started - start, ways)


def with_pytest(
    project: BenchProject, candidates: Sequence[Candidate], slots: int, interpreter: Path
) -> Verdicts:
    """A new `python -m pytest -q -x` for each candidate, in `slots` copies of the project."""
    source = SourceText.from_bytes((project.buggy / project.path).read_bytes())
    words = [str(interpreter), "-m", *COMMAND, "-x", "-p", "no:cacheprovider"]
    variables = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}

    def check(copy: Path, part: Sequence[Candidate]) -> int:
        for candidate in part:
            (copy / project.path).write_bytes(source.apply(candidate.edits).to_bytes())
            with contextlib.suppress(subprocess.TimeoutExpired):  # that is a verdict, too
                done = subprocess.run(
                    words, cwd=copy, env=variables, capture_output=True, timeout=30, check=False
                )
                assert done.returncode in (1, 2), done.stdout
        return len(part)

    with tempfile.TemporaryDirectory() as folder:
        copies = [Path(folder) / str(slot) for slot in range(slots)]
        for copy in copies:
            shutil.copytree(project.buggy, copy)
        started = time.perf_counter()
        with ThreadPoolExecutor(slots) as pool:
            parts = [candidates[slot::slots] for slot in range(slots)]
            count = sum(pool.map(check, copies, parts))
        return Verdicts(0.0, count, time.perf_counter() - started)


def with_mutmut(project: BenchProject, children: int, isolation: str, tool: Path) -> Verdicts:
    """`mutmut run` on the clean project, the mutants of the buggy module alone."""
    module = project.path.removesuffix(".py").replace("/", ".")
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "project"
        shutil.copytree(project.clean, copy)
        settings = copy / "pyproject.toml"
        settings.write_text(settings.read_text() + f'process_isolation = "{isolation}"\n')
        words = [str(tool), "-m", "mutmut", "run", "--max-children", str(children), f"{module}.*"]
        started = time.perf_counter()
        done = subprocess.run(words, cwd=copy, capture_output=True, text=True, check=False)
        whole = time.perf_counter() - started
    rate = re.search(r"([\d.]+) mutations/second", done.stdout)
    counts = re.findall(r"(\d+)/\d+ ", done.stdout)
    if done.returncode != 0 or rate is None or not counts or float(rate[1]) == 0:
        raise RuntimeError(f"mutmut: {done.stdout[-800:]}{done.stderr[-800:]}")
    count = int(counts[-1])
    seconds = count / float(rate[1])
    return Verdicts(max(0.0, whole - seconds), count, seconds)


# ------------------------------------------------------------------------------- candidates


def request_for(project: BenchProject) -> RepairRequest:
    return RepairRequest(project.buggy, COMMAND, limits=Limits(max_seconds=600))


def refuted_candidates(project: BenchProject, wanted: int) -> list[Candidate]:
    """Up to `wanted` different candidates for the buggy function that its tests refute."""
    with Workspace(project.buggy) as workspace:
        baseline = run_baseline(request_for(project), workspace, NEVER)
        version = baseline.plan.command.interpreter.version
        policy = Policy(project.buggy, baseline.test_files)
        screen = Screen(workspace.source, policy, version)
        source = workspace.source(project.path)
        context = function_context(source, project.path, "cost")
        with Slot(workspace.copy(), baseline.plan) as slot:
            refuted: dict[object, Candidate] = {}
            for candidate in templates.propose(source, context):
                key = screen.key(candidate)
                if key is None or key in refuted:
                    continue
                if validate(candidate, slot, baseline.plan).verdict == "failing":
                    refuted[key] = candidate
                if len(refuted) == wanted:
                    break
    return list(refuted.values())


# ------------------------------------------------------------------------------- the tables


def contestants(
    project: BenchProject, candidates: Sequence[Candidate], few: int, tool: Path
) -> dict[str, Callable[[int], Verdicts]]:
    """Name -> what measures it on that many cores. Processes of their own get `few` candidates."""
    return {
        "repairlsp, fork servers": lambda n: with_repairlsp(project, candidates, n, fork=True),
        "repairlsp, a process each": lambda n: with_repairlsp(
            project, candidates[:few], n, fork=False
        ),
        "pytest, a process each": lambda n: with_pytest(project, candidates[:few], n, tool),
        "mutmut, fork": lambda n: with_mutmut(project, n, "fork", tool),
        "mutmut, forkserver": lambda n: with_mutmut(project, n, "forkserver", tool),
    }


def measure(project: BenchProject, rounds: int, wanted: int, few: int, tool: Path) -> list[str]:
    """The table of one project, a line of Markdown each; medians of the rounds."""
    candidates = refuted_candidates(project, wanted)
    racers = contestants(project, candidates, few, tool)
    verdicts: dict[tuple[str, int], list[Verdicts]] = {}
    for _ in range(rounds):
        for name, race in racers.items():
            for cores in CORES:
                verdicts.setdefault((name, cores), []).append(race(cores))
                print(f"{project.name}: {name}, {cores}: {verdicts[name, cores][-1]}", flush=True)

    def middle(name: str, cores: int, what: Callable[[Verdicts], float]) -> float:
        return statistics.median(map(what, verdicts[name, cores]))

    ours = "repairlsp, fork servers"
    lines = [
        f"## {project.name}: {project.about}",
        "",
        "| verdicts per second | n | start s | warm, 1 | warm, 2 | cold, 2 | ours / warm, 1 | 2 |",
        "| --- |" + " ---: |" * 7,
    ]
    for name in racers:
        warm = [middle(name, cores, lambda one: one.warm) for cores in CORES]
        ratios = [
            middle(ours, cores, lambda one: one.warm) / rate
            for cores, rate in zip(CORES, warm, strict=True)
        ]
        lines.append(
            f"| {name} | {verdicts[name, 1][0].verdicts} "
            f"| {middle(name, 2, lambda one: one.start):.1f} "
            f"| {warm[0]:.1f} | {warm[1]:.1f} | {middle(name, 2, lambda one: one.cold):.1f} "
            f"| {ratios[0]:.1f} | {ratios[1]:.1f} |"
        )
    ways = ", ".join(f"{count} {way}" for way, count in verdicts[ours, 1][0].ways.items())
    return [*lines, "", f"Those of the first row by: {ways}.", ""]


def _speeds(speeds: Sequence[Speed]) -> Iterator[str]:
    yield "| candidates per second | n | cold | warm |"
    yield "| --- | ---: | ---: | ---: |"
    for one in speeds:
        yield f"| {one.what} | {one.candidates} | {one.cold:.0f} | {one.warm:.0f} |"
    yield ""


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--candidates", type=int, default=200, help="for the fork servers")
    parser.add_argument("--few", type=int, default=20, help="for a process each")
    parser.add_argument("--project", action="append", choices=("tiny", "heavy", "many"))
    parser.add_argument("--cache", type=Path, default=CACHE / "bench", help="kept environment")
    parser.add_argument("--write", action="store_true", help=f"write {RESULTS.name}")
    options = parser.parse_args()

    folder = environment(HERE / "validation.txt", options.cache)
    os.environ["VIRTUAL_ENV"] = str(folder)  # whose Python runs the tests
    os.environ.pop("PYTEST_ADDOPTS", None)
    lines = ["# Candidates generated, scored and validated per second", ""]
    before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as name:
        for project in make_projects(Path(name)):
            if project.name in (options.project or (project.name,)):
                lines += measure(
                    project, options.rounds, options.candidates, options.few, python(folder)
                )
    lines += ["## Generated and scored", "", *_speeds(generation())]
    lines += _how(options, before)
    text = "\n".join(lines)
    print(text)
    if options.write:
        RESULTS.write_text(text)
    return 0


def _how(options: argparse.Namespace, load: float) -> Iterator[str]:
    about = machine()
    words = ["python", "eval/bench/validation.py", "--rounds", str(options.rounds)]
    words += ["--candidates", str(options.candidates), "--few", str(options.few)]
    words += [word for name in options.project or () for word in ("--project", name)]
    pins = ", ".join(
        line.replace("==", " ")
        for line in (HERE / "validation.txt").read_text().splitlines()
        if "==" in line
    )
    yield "## How it was run"
    yield ""
    yield f"- `{shlex.join(words)}`; medians of the rounds, contestants taking turns"
    yield "- n: verdicts in each round; start, warm, cold: see the script; 1 and 2: processes at a"
    yield "  time; the last two columns: how often repairlsp's warm rate is the row's"
    yield f"- repairlsp {commit()}, Python {about['python']}, {pins}"
    yield f"- {about['cores']} cores of {about['cpu']}, {about['memory_gib']} GiB,"
    yield f"  {about['system']}; one-minute load {load:.1f} before, {os.getloadavg()[0]:.1f} after"
    yield ""


if __name__ == "__main__":
    sys.exit(main())
