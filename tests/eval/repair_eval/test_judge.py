"""The judge: a patch is correct when every test of the reference's run passes, and nothing less."""

from __future__ import annotations

import pytest
from repair_eval.judge import Runs, judge, shortfall

from repairlsp.types import Outcome, RunStatus, TestCase, TestRun


def run(status: RunStatus = "passed", **outcomes: Outcome) -> TestRun:
    cases = tuple(TestCase(name, outcome, "why") for name, outcome in outcomes.items())
    return TestRun(status, 0 if status == "passed" else 1, cases, 0.1, message="a message")


REFERENCE = run(a="passed", b="passed", c="skipped")


@pytest.mark.parametrize(
    ("patched", "reason"),
    [
        (run(a="passed", b="passed", c="skipped"), None),
        (run(a="passed", b="passed", c="passed", d="passed"), None),
        (run("failed", a="passed", b="failed"), "b: why"),
        (run("failed", a="passed", b="error"), "b: why"),
        (run(a="passed"), "b: did not run"),
        (run(a="passed", b="skipped"), "b: skipped"),
        (run(a="passed", b="xfailed"), "b: xfailed"),
        (run("failed", a="passed", b="passed", d="failed"), "d: why"),
        (run("broken", a="passed", b="passed"), "a message"),
        (run("timeout"), "a message"),
        (run("no-tests"), "a message"),
    ],
)
def test_a_run_falls_short_by_any_test_that_does_not_pass(patched: TestRun, reason: str | None):
    assert shortfall(REFERENCE, patched) == reason


GOOD, MORE = run(a="passed"), run(a="passed", h="passed")
BAD, MORE_BAD = run("failed", a="failed"), run("failed", a="passed", h="failed")


@pytest.mark.parametrize(
    ("patched", "verdict"),
    [
        (Runs(GOOD, MORE), "correct"),
        (Runs(GOOD, MORE_BAD), "overfitting"),
        (Runs(GOOD, GOOD), "overfitting"),
        (Runs(BAD, MORE_BAD), "failing"),
        (Runs(BAD, MORE), "failing"),
    ],
)
def test_the_verdict(patched: Runs, verdict: str):
    judgement = judge(Runs(GOOD, MORE), patched)
    assert judgement.verdict == verdict
    assert bool(judgement.reason) == (verdict != "correct")
