"""Is a test run with a patch better than the one before it, and in nothing worse?"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from repairlsp.types import TestCase, TestRun

_BAD = ("failed", "error")


def belongs(test: str, target: str) -> bool:
    """Whether a test is the target, or within it: the target may be a file or folder that could
    not be collected. "." is the whole project."""
    return target in (".", test) or test.startswith((target + "::", target + "/"))


def problem(before: TestRun, after: TestRun, targets: Collection[str]) -> str | None:
    """Why the patch behind `after` is not accepted; None when every target passes, every test
    that passed still does, and no other test got worse.

    Tests that failed before and are no target may go on failing. A skipped test is never taken
    for one that passes.
    """
    if after.status not in ("passed", "failed"):
        return after.message or f"the test run ended as {after.status}"
    cases = {case.id: case for case in after.cases}
    return (
        _unfixed(cases.values(), targets)
        or _lost(before.cases, cases, targets)
        or _newly_failing(before, after, targets)
    )


def _unfixed(cases: Collection[TestCase], targets: Collection[str]) -> str | None:
    for target in targets:
        within = [case for case in cases if belongs(case.id, target)]
        if not within:
            return next(
                (f"{case.id}: {case.message}" for case in cases if belongs(target, case.id)),
                f"{target} did not run",
            )
        for case in within:
            if case.outcome in _BAD:
                return f"{case.id} still fails: {case.message}"
        if within[0].id == target and within[0].outcome != "passed":
            return f"{target} is now {within[0].outcome}"
        if not any(case.outcome == "passed" for case in within):
            return f"no test of {target} passes"
    return None


def _lost(
    before: Iterable[TestCase], after: dict[str, TestCase], targets: Collection[str]
) -> str | None:
    for case in before:
        if any(belongs(case.id, target) for target in targets):
            continue
        now = after.get(case.id)
        if now is None:
            return f"{case.id} does not run any more"
        if now.outcome in _BAD and case.outcome not in _BAD:
            return f"{case.id} {case.outcome} before and fails now: {now.message}"
        if now.outcome == "skipped" and case.outcome != "skipped":
            return f"{case.id} is now skipped"
        if case.outcome == "passed" and now.outcome != "passed":
            return f"{case.id} passed before and is now {now.outcome}"
    return None


def _newly_failing(before: TestRun, after: TestRun, targets: Collection[str]) -> str | None:
    known = {case.id for case in before.cases}
    for case in after.failing:
        if case.id not in known and not any(belongs(case.id, target) for target in targets):
            return f"{case.id} fails, and did not run before: {case.message}"
    return None
