"""What a finished test run says: the exit status and the report have to tell the same story."""

from __future__ import annotations

from typing import NamedTuple

from repairlsp.sandbox import Completed
from repairlsp.types import RunStatus, TestCase
from repairlsp.validate.report import PluginReport

# pytest's exit codes
_OK, _FAILED, _INTERRUPTED, _INTERNAL, _USAGE, _NONE = range(6)


class Judgement(NamedTuple):
    """`message` is for people, and empty when the tests ran as they should."""

    status: RunStatus
    message: str


def judge(completed: Completed, report: PluginReport, limit: float) -> Judgement:
    """The status of a run. `limit` is the time that it had, in seconds."""
    failing = [case for case in report.cases.values() if case.outcome in ("failed", "error")]
    if completed.ended_by != "itself":
        return _ended(completed, report, limit)
    if report.forged:
        return Judgement("broken", "the report of the test run was written to by something else")
    if not report.loaded:
        return Judgement("broken", f"the test command did not run pytest: {_last_words(completed)}")
    if report.foreign:
        name, file = next(iter(report.foreign.items()))
        return Judgement(
            "broken",
            f"the tests import {name} from {file}, not from the copy under test; "
            "set `pythonpath` in pytest's configuration, or install the project in editable mode",
        )
    if completed.exit_code == _USAGE and failing and report.exit_status in (None, _USAGE):
        return _uncollected(failing)  # a conftest.py that cannot be imported
    if completed.exit_code == _USAGE:
        return Judgement("broken", f"pytest could not run the tests: {_last_words(completed)}")
    if report.exit_status is None:
        return Judgement("broken", f"pytest did not finish: {_how(completed, report)}")
    if report.exit_status != completed.exit_code:
        return Judgement(
            "broken",
            f"pytest reported exit status {report.exit_status}, but the command ended with "
            f"{completed.exit_code}",
        )
    return _agreed(completed, report, failing)


def _agreed(completed: Completed, report: PluginReport, failing: list[TestCase]) -> Judgement:
    """The judgement of a session that ended in order."""
    code = completed.exit_code
    ran = len(report.cases)
    if code == _NONE and not report.cases:
        return Judgement("no-tests", "pytest found no tests")
    if code == _OK and report.cases and not failing and ran >= (report.collected or 0):
        return Judgement("passed", "")
    if code == _FAILED and failing:
        if all("::" not in case.id for case in report.cases.values()):
            return _uncollected(failing)
        return Judgement("failed", "")
    if code == _INTERRUPTED and failing and report.collected in (None, 0):
        return _uncollected(failing)
    if code == _INTERNAL:
        return Judgement("broken", f"pytest could not run the tests: {_last_words(completed)}")
    return Judgement(
        "broken",
        f"pytest's exit status {code} contradicts its report: {ran} of {report.collected} tests "
        f"ran, {len(failing)} of them failed",
    )


def _uncollected(failing: list[TestCase]) -> Judgement:
    """Nothing but files that could not be collected. A patch may repair that where project code
    other than the collected file itself took part; else the environment is broken."""
    first = failing[0]
    place = f" ({first.frames[-1].path}:{first.frames[-1].line})" if first.frames else ""
    # pytest reports a conftest.py that fails as the folder that it speaks for.
    what = first.frames[-1].path if first.frames and first.id == "." else first.id
    message = f"{what} could not be collected: {first.message}{place}"
    for case in failing:
        for frame in case.frames:
            if frame.path != case.id and not frame.path.endswith("conftest.py"):
                return Judgement("failed", message)
    return Judgement("broken", message)


def _ended(completed: Completed, report: PluginReport, limit: float) -> Judgement:
    where = f" in {report.running}" if report.running else ""
    match completed.ended_by:
        case "time":
            return Judgement("timeout", f"the tests ran longer than {limit:g} s, stopped{where}")
        case "processes":
            return Judgement("broken", f"the tests started too many processes{where}")
        case ended_by:
            return Judgement("broken", f"the test run ended without a result ({ended_by}){where}")


def _how(completed: Completed, report: PluginReport) -> str:
    where = f" in {report.running}" if report.running else ""
    code = completed.exit_code or 0
    if code < 0:
        return f"it was killed by signal {-code}{where}"
    return f"it ended with exit code {code}{where}: {_last_words(completed)}"


def _last_words(completed: Completed) -> str:
    """The line of the output that says most: pytest's own error, else the last one."""
    lines = [line.strip() for line in completed.output.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("ERROR") or "error:" in line.lower()]
    chosen = errors or lines
    return chosen[-1][:300] if chosen else f"no output, exit code {completed.exit_code}"
