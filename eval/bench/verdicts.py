#!/usr/bin/env python3
"""Do forked children find what fresh processes find? Random candidates of a project, each checked
by every way there is, and their outcomes compared test by test.

    python eval/bench/verdicts.py examples/nofridays --candidates 100 [-- TEST COMMAND]

Every run is of the whole command, without stopping at the first failure. Two runs agree when they
have the same tests in the same order, each with the same outcome and type of exception, up to the
first that ran out of time. The project's tests may pass or fail; where some fail, the verdict of
`validate` with all its short cuts is compared as well, with that of the fresh run. Times are of the
wall, but for "child CPU". Exits with 1 on a disagreement.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from repairlsp.baseline import Baseline, run_baseline
from repairlsp.context import enclosing
from repairlsp.generate import templates
from repairlsp.patches import Policy, unified_diff
from repairlsp.sandbox import NEVER
from repairlsp.screen import Screen
from repairlsp.types import Candidate, Limits, LineSpan, RepairRequest, TestRun
from repairlsp.validate import ProjectCopy, Slot, TestRunReport, Workspace, run_tests, validate
from repairlsp.validate.fork_server import ForkServer, Mode, Refusal
from repairlsp.validate.limits import child_limits, ran_out_of_time
from repairlsp.validate.regression import problem
from repairlsp.validate.verify import changed_files

PER_FUNCTION = 3


@dataclass
class Tally:
    """What came of one way of checking; times in seconds."""

    agreed: int = 0
    refused: list[str] = field(default_factory=list)
    differed: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)


def candidates(workspace: Workspace, baseline: Baseline, rng: Random) -> Iterator[Candidate]:
    """Without end: candidates of random lines that the tests execute, a few of each."""
    screen = Screen(workspace.source, Policy(workspace.project, baseline.test_files))
    lines = {line for covered in baseline.coverage.values() for line in covered}
    places = sorted(line for line in lines if not screen.refuses(line.path))
    seen = set()
    while places:
        path, line = rng.choice(places)
        source = screen.source(path)
        context = enclosing(source, path, LineSpan(line, line + 1))
        proposed = list(templates.propose(source, context))
        for candidate in rng.sample(proposed, min(PER_FUNCTION, len(proposed))):
            key = screen.key(candidate)
            if key is not None and key not in seen:
                seen.add(key)
                yield candidate


def story(run: TestRun) -> list[tuple[str, str, str]] | str:
    """What a run tells: its tests, or how it ended without them."""
    told: list[tuple[str, str, str]] = []
    for case in run.cases:
        told.append((case.id, case.outcome, case.message.partition(":")[0]))
        if ran_out_of_time(case):
            return told
    if run.status not in ("passed", "failed"):
        return run.status
    return told


def difference(fresh: TestRun, forked: TestRun) -> str:
    """How two runs differ, in a line; empty when they do not."""
    one, other = story(fresh), story(forked)
    if one == other:
        return ""
    if isinstance(one, str) or isinstance(other, str):
        return f"{_ending(fresh)}, but {_ending(forked)}"
    for left, right in zip(one, other, strict=False):
        if left != right:
            return f"{' '.join(left)}, but {' '.join(right)}"
    return f"{len(one)} tests, but {len(other)}"


def _ending(run: TestRun) -> str:
    return f"{run.status} {run.message}".strip()


def compare(
    candidate: Candidate, slot: Slot, servers: dict[Mode, ForkServer], tallies: dict[str, Tally]
) -> None:
    """Check one candidate by every way."""
    plan, copy = slot.plan, slot.copy
    changes = changed_files(copy.preview(candidate.edits))
    reports: dict[str, TestRunReport | Refusal] = {}
    for way in ("warm", "cold", "fresh"):
        began = time.monotonic()
        with copy.patched(candidate.edits):
            if way == "fresh":
                reports[way] = run_tests(
                    copy,
                    plan.command,
                    plan.sandbox,
                    seconds=plan.limits.run,
                    case_seconds=plan.limits.case,
                    memory_bytes=plan.memory_bytes,
                )
            elif way in servers:
                server = servers[way]
                before = server.cpu_seconds
                limits = child_limits(plan.baseline, None, cold=way == "cold")
                reports[way] = server.run(changes, None, tolerate=None, limits=limits)
                if not isinstance(reports[way], Refusal):
                    tallies[way].cpu.append(server.cpu_seconds - before)
            else:
                continue
        if not isinstance(reports[way], Refusal):
            tallies[way].seconds.append(time.monotonic() - began)
    fresh = reports["fresh"]
    assert isinstance(fresh, TestRunReport)
    for way, report in reports.items():
        if isinstance(report, Refusal):
            tallies[way].refused.append(report.why)
        else:
            count(tallies[way], difference(fresh.run, report.run), candidate, copy)
    if plan.targets:
        began = time.monotonic()
        verdict = validate(candidate, slot, plan)
        tally = tallies[f"validate, by {verdict.checked_by}"]
        tally.seconds.append(time.monotonic() - began)
        passes = problem(plan.baseline, fresh.run, plan.targets) is None
        agree = passes == (verdict.verdict == "plausible")
        why = "" if agree else f"{'plausible' if passes else 'failing'}, but {verdict.reason}"
        count(tally, why, candidate, copy)


def count(tally: Tally, why: str, candidate: Candidate, copy: ProjectCopy) -> None:
    if why:
        tally.differed.append(f"{shown(candidate, copy)}  fresh: {why}")
    else:
        tally.agreed += 1


def shown(candidate: Candidate, copy: ProjectCopy) -> str:
    path = candidate.edits[0].path
    source = copy.source(path)
    return f"{candidate.source}\n{unified_diff(path, source, source.apply(candidate.edits))}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("project", type=Path)
    parser.add_argument("--candidates", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("command", nargs="*", default=["pytest", "-q"])
    options = parser.parse_args()
    request = RepairRequest(options.project, tuple(options.command), limits=Limits())
    with Workspace(request.project) as workspace:
        baseline = run_baseline(request, workspace, NEVER)
        print(f"{len(baseline.run.cases)} tests, {len(baseline.run.failing)} failing")
        tallies: defaultdict[str, Tally] = defaultdict(Tally)
        with Slot(workspace.copy(), baseline.plan) as slot:
            servers: dict[Mode, ForkServer] = {}
            for server in slot.servers():
                servers[server.mode] = server
            made = candidates(workspace, baseline, Random(options.seed))
            for _, candidate in zip(range(options.candidates), made, strict=False):
                compare(candidate, slot, servers, tallies)
            for note in slot.notes:
                print(note)
    report(tallies)
    return 1 if any(tally.differed for tally in tallies.values()) else 0


def report(tallies: dict[str, Tally]) -> None:
    for way, tally in tallies.items():
        for text in tally.differed:
            print(f"\n{way} differs: {text}")
    print("\n| way | agree | differ | refused | median ms | mean ms | child CPU, mean ms |")
    print("|---|---|---|---|---|---|---|")
    for way, tally in tallies.items():
        times = [1000 * each for each in tally.seconds] or [0.0]
        cpu = f"{1000 * statistics.mean(tally.cpu):.1f}" if tally.cpu else ""
        print(
            f"| {way} | {tally.agreed} | {len(tally.differed)} | {len(tally.refused)} "
            f"| {statistics.median(times):.1f} | {statistics.mean(times):.1f} | {cpu} |"
        )
    for way, tally in tallies.items():
        for why in sorted(set(tally.refused)):
            print(f"{way} refused {tally.refused.count(why)}: {why}")


if __name__ == "__main__":
    sys.exit(main())
