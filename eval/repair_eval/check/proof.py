"""Prove one defect: everything that the suite promises about it, by running it."""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from repair_eval.check.shape import shapes
from repair_eval.judge import Runs, judge
from repair_eval.runners import missing, open_session
from repair_eval.suite import Defect, TestSet, Version
from repairlsp.errors import RepairlspError
from repairlsp.sandbox import NEVER, Sandbox
from repairlsp.types import CancelToken, TestRun

Status = Literal["holds", "fails", "skipped"]
RUNS = 2
"""How often all tests run on each version; the visible ones run once more by themselves."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What checking a defect said. `problems` say, one line each, in what it does not hold, or why
    it was skipped. `visible` and `hidden` count the tests of the fixed version."""

    id: str
    status: Status
    problems: tuple[str, ...]
    visible: int = 0
    hidden: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class _Tried:
    """The runs of one version: of the visible tests once, of all tests `RUNS` times."""

    visible: TestRun
    everything: tuple[TestRun, ...]

    @property
    def runs(self) -> Runs:
        return Runs(self.visible, self.everything[0])


def prove(defect: Defect, sandbox: Sandbox, cancel: CancelToken = NEVER) -> Proof:
    """Check one defect in temporary copies. Raises CancelledError."""
    started = time.monotonic()
    lack = missing(defect)
    if lack is not None:
        return Proof(defect.id, "skipped", (lack,))
    try:
        problems = _shape_problems(defect)
        fixed = _try(defect, "fixed", sandbox, cancel)
        problems += _fixed_problems(defect, fixed)
        tests = {case.id for case in fixed.visible.cases}
        everything = {case.id for case in fixed.everything[0].cases}
        # Where the fix itself fails, what the buggy version does says nothing.
        if not any(run.status != "passed" for run in (fixed.visible, *fixed.everything)):
            buggy = _try(defect, "buggy", sandbox, cancel)
            problems += _buggy_problems(defect, buggy, hidden=everything - tests)
            problems += _judge_problems(fixed, buggy)
    except RepairlspError as error:
        if cancel.is_set():
            raise
        return Proof(defect.id, "fails", tuple(str(error).splitlines()))
    return Proof(
        id=defect.id,
        status="fails" if problems else "holds",
        problems=tuple(problems),
        visible=len(tests),
        hidden=len(everything - tests),
        seconds=time.monotonic() - started,
    )


def _try(defect: Defect, version: Version, sandbox: Sandbox, cancel: CancelToken) -> _Tried:
    everything = _run(defect, version, "all", RUNS, sandbox, cancel)
    tests = defect.tests
    if not tests.has_hidden and tests.command == tests.hidden_command:
        # These are the visible tests, and the suite of a release may take minutes.
        return _Tried(everything[0], everything)
    (visible,) = _run(defect, version, "visible", 1, sandbox, cancel)
    return _Tried(visible, everything)


def _run(
    defect: Defect,
    version: Version,
    tests: TestSet,
    times: int,
    sandbox: Sandbox,
    cancel: CancelToken,
) -> tuple[TestRun, ...]:
    with tempfile.TemporaryDirectory(prefix="repair-eval-", ignore_cleanup_errors=True) as folder:
        project = Path(folder) / defect.id.rpartition("/")[2]
        defect.content.lay_out(project, version, tests)
        with open_session(defect, project, tests, sandbox, cancel) as session:
            return tuple(session.run() for _ in range(times))


def _shape_problems(defect: Defect) -> list[str]:
    real = shapes(defect.content.changed(), defect.language)
    if defect.shape in real:
        return []
    return [f"shape: the fix is {' or '.join(sorted(real)) or 'no change'}, not {defect.shape}"]


def _fixed_problems(defect: Defect, fixed: _Tried) -> list[str]:
    for which, run in (("visible", fixed.visible), ("all", fixed.everything[0])):
        if run.status != "passed":
            return [f"fixed, {which} tests: {_summary(run)}"]
        odd = next((case for case in run.cases if case.outcome != "passed"), None)
        if odd is not None and defect.kind == "folder":
            return [f"fixed, {which} tests: {odd.id} is {odd.outcome}, not passed"]
    problems = []
    visible = {case.id for case in fixed.visible.cases}
    everything = {case.id for case in fixed.everything[0].cases}
    if lost := visible - everything:
        problems.append(f"fixed: {min(lost)} does not run together with the hidden tests")
    if defect.tests.has_hidden and visible >= everything:
        problems.append("fixed: the command finds no hidden test")
    return problems + _unequal("fixed", fixed)


def _buggy_problems(defect: Defect, buggy: _Tried, hidden: set[str]) -> list[str]:
    problems = []
    run = buggy.visible
    if run.status == "passed":
        problems.append("buggy, visible tests: all pass, so nothing shows the bug")
    elif run.status != "failed":
        problems.append(f"buggy, visible tests: {_summary(run)}")
    elif defect.tests.none_pass_before and run.passing:
        problems.append(f"buggy, visible tests: none_pass_before, but {run.passing[0].id} passes")
    elif not defect.tests.none_pass_before and not run.passing:
        problems.append("buggy, visible tests: none passes, so nothing guards what works")
    run = buggy.everything[0]
    if run.status not in ("passed", "failed"):
        problems.append(f"buggy, all tests: {_summary(run)}")
    elif defect.tests.has_hidden and hidden <= {case.id for case in run.passing}:
        problems.append("buggy, hidden tests: all pass, so they judge no patch")
    return problems + _unequal("buggy", buggy)


def _judge_problems(fixed: _Tried, buggy: _Tried) -> list[str]:
    problems = []
    again = judge(fixed.runs, Runs(fixed.visible, fixed.everything[-1]))
    if again.verdict != "correct":
        problems.append(f"judge: the reference fix is {again.verdict}: {again.reason}")
    nothing = judge(fixed.runs, buggy.runs)
    if nothing.verdict != "failing":
        problems.append(f"judge: the empty patch is {nothing.verdict}")
    return problems


def _unequal(version: Version, tried: _Tried) -> list[str]:
    """Tests whose outcome was not the same in every run that had them."""
    first = {case.id: case.outcome for case in tried.everything[0].cases}
    for run in (tried.visible, *tried.everything[1:]):
        for case in run.cases:
            if first.get(case.id, case.outcome) != case.outcome:
                outcomes = f"{first[case.id]}, then {case.outcome}"
                return [f"{version}: {case.id} was {outcomes}: the runs differ"]
    if {case.id for case in tried.everything[-1].cases} != first.keys():
        return [f"{version}: not the same tests in two runs"]
    return []


def _summary(run: TestRun) -> str:
    if run.failing:
        case = run.failing[0]
        more = f" (and {len(run.failing) - 1} more)" if len(run.failing) > 1 else ""
        return f"{case.id} fails: {case.message or case.outcome}{more}"
    return run.message or f"the run is {run.status}"
