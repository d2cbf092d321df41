"""Which failures are the commit's own: told from those of the base commit, and from flaky ones."""

from __future__ import annotations

from collections.abc import Collection

from repairlsp.ci.checkouts import Checkouts
from repairlsp.ci.rerun import Rerunner, passing
from repairlsp.ci.types import Failure
from repairlsp.stopwatch import Stopwatch
from repairlsp.types import TestCase
from repairlsp.validate import Workspace

_RERUN_SECONDS = 15.0
"""What running tests again may take of a job, beyond the first time: tests that hang until their
time limit would use all of it up."""


def flaky_among(
    rerun: Rerunner, workspace: Workspace, tests: Collection[str], times: int
) -> frozenset[str]:
    """Those of some failing tests that pass in one of `times` more runs, by themselves."""
    flaky: set[str] = set()
    watch = Stopwatch()
    for _ in range(times):
        left = sorted(set(tests) - flaky)
        if not left or watch.seconds > _RERUN_SECONDS:
            break
        flaky |= passing(rerun.here(workspace, left), left)
    return frozenset(flaky)


def always_pass(rerun: Rerunner, workspace: Workspace, tests: Collection[str], times: int) -> bool:
    """Whether these tests pass in each of `times` runs, by themselves."""
    watch = Stopwatch()
    for number in range(times):
        if number and watch.seconds > _RERUN_SECONDS:
            break
        if passing(rerun.here(workspace, sorted(tests)), tests) != frozenset(tests):
            return False
    return True


def triage(
    cases: Collection[TestCase],
    rerun: Rerunner,
    workspace: Workspace,
    checkouts: Checkouts,
    base: str | None,
    times: int,
) -> tuple[Failure, ...]:
    """What each failing test is: flaky, old or new. `base` is the base commit, None where nothing
    is known of one; a test that it does not have yet is new.

    Raises CancelledError.
    """
    flaky = flaky_among(rerun, workspace, [case.id for case in cases], times)
    steady = [case.id for case in cases if case.id not in flaky]
    old: set[str] = set()
    fresh = "there is no base to compare with"
    if base is not None and steady:
        with checkouts.of(base) as tree:
            before = rerun.at(tree, steady)
        old = {case.id for case in before.failing} & set(steady)
        fresh = "it does not fail at the base commit"
        if before.status in ("broken", "timeout"):
            fresh = "it is not known from the base commit, whose tests cannot be run"

    def judged(case: TestCase) -> Failure:
        if case.id in flaky:
            return Failure(case, "flaky", "it passes when it is run again by itself")
        if case.id in old:
            return Failure(case, "old", "it fails at the base commit too")
        return Failure(case, "new", fresh)

    return tuple(judged(case) for case in cases)
