"""`--junit FILE`: what failed, from reports that CI has written already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from repairlsp.cli.messages import complain
from repairlsp.errors import UsageError
from repairlsp.types import RepairRequest, RepairResult


def with_reports(request: RepairRequest, paths: Sequence[Path]) -> RepairRequest:
    """The request for the tests that fail in these reports, of a run of its command.

    Raises UsageError for what is no report, or none of this project's tests.
    """
    if not paths:
        return request
    from repairlsp.formats.repository import prefix
    from repairlsp.runners import earlier_run, read_junit

    cases = [case for path in paths for case in read_junit(path)]
    run, unknown = earlier_run(cases, request.project, prefix(request.project))
    names = " ".join(map(str, paths))
    if not run.cases:
        what = f"holds no test of this project, but {unknown[0]}" if unknown else "is empty"
        raise UsageError(
            f"the report {names} {what}",
            "give the folder that pytest ran in with --project, or leave out --junit",
        )
    if unknown:
        more = f" and {len(unknown) - 1} more" if unknown[1:] else ""
        complain(f"warning: {unknown[0]}{more} of {names} is in no file of {request.project}")
    return replace(request, earlier=run, tests=tuple(case.id for case in run.failing))


def passing_here(request: RepairRequest, result: RepairResult) -> str:
    """What to say of a test that fails in the report and not here; "" where there is none."""
    if request.earlier is None or result.before is None:
        return ""
    passing = {case.id for case in result.before.passing}
    changed = [test for test in request.tests if test in passing]
    if not changed:
        return ""
    more = f" and {len(changed) - 1} more" if changed[1:] else ""
    return f"{changed[0]}{more} failed in the report, and not here"
