"""What a finished run says: the exit status and the report have to tell the same story."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from repair_eval.runners.box import last_words
from repairlsp.errors import CancelledError
from repairlsp.sandbox import Completed
from repairlsp.types import RunStatus, TestCase, TestRun


def judged(completed: Completed, cases: Iterable[TestCase], *, complete: bool) -> TestRun:
    """The run of a command that left `cases` in its report. `complete`: the report has its end.

    Status `broken` where the two contradict each other, as when the tested code ends the process
    with status 0 in the middle. Raises CancelledError.
    """
    if completed.cancelled:
        raise CancelledError
    told = _distinct(cases)
    status, message = _status(completed, told, complete)
    return TestRun(
        status=status,
        exit_code=completed.exit_code,
        cases=tuple(told),
        seconds=completed.seconds,
        output=completed.output,
        message=message,
    )


def _status(
    completed: Completed, cases: Sequence[TestCase], complete: bool
) -> tuple[RunStatus, str]:
    failing = [case for case in cases if case.outcome in ("failed", "error")]
    code = completed.exit_code
    if completed.timed_out:
        return "timeout", f"the tests ran longer than {completed.seconds:.1f} s"
    if completed.ended_by != "itself":
        return "broken", f"the test run ended without a result ({completed.ended_by})"
    if not cases and code == 0:
        return "no-tests", "the command ran no tests"
    if not cases or not complete:
        said = last_words(completed.output)
        return "broken", f"exit code {code} without a whole report: {said}"
    if code == 0 and not failing:
        return "passed", ""
    if code != 0 and failing:
        return "failed", ""
    return "broken", f"exit code {code} contradicts the report, in which {len(failing)} tests fail"


def _distinct(cases: Iterable[TestCase]) -> list[TestCase]:
    """The cases with ids that differ: a runner may allow two tests of one name."""
    seen: Counter[str] = Counter()
    distinct = []
    for case in cases:
        seen[case.id] += 1
        again = seen[case.id]
        distinct.append(replace(case, id=f"{case.id} #{again}") if again > 1 else case)
    return distinct
