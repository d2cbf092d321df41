"""Is a patch failing, overfitting or correct? Decided by test runs, against those of the fix."""

from __future__ import annotations

from typing import Literal, NamedTuple

from repairlsp.types import TestRun

Verdict = Literal["failing", "overfitting", "correct"]
"""`failing`: a visible test fails. `overfitting`: plausible, but a hidden test fails. `correct`:
all tests pass."""


class Judgement(NamedTuple):
    """`reason` names the first test that decided, for people; empty for a correct patch."""

    verdict: Verdict
    reason: str


class Runs(NamedTuple):
    """Runs of one version: of the visible tests, and of all tests, hidden ones too."""

    visible: TestRun
    everything: TestRun


def judge(reference: Runs, patched: Runs) -> Judgement:
    """Judge a patch by its runs; `reference` are those of the fixed version."""
    reason = shortfall(reference.visible, patched.visible)
    if reason:
        return Judgement("failing", reason)
    reason = shortfall(reference.everything, patched.everything)
    return Judgement("overfitting", reason) if reason else Judgement("correct", "")


def shortfall(reference: TestRun, run: TestRun) -> str | None:
    """In what a run falls short of the reference; None where it passes and every test that passes
    there was run and passes here.

    A test that is skipped, or no longer there, does not pass: a patch that keeps tests from running
    gains nothing by it.
    """
    failing = next(iter(run.failing), None)
    if failing is not None:
        return f"{failing.id}: {failing.message or failing.outcome}"
    if run.status != "passed":
        return run.message or f"the test run ended as {run.status}"
    outcomes = {case.id: case.outcome for case in run.cases}
    for case in reference.passing:
        outcome = outcomes.get(case.id)
        if outcome != "passed":
            return f"{case.id}: {outcome or 'did not run'}"
    return None
