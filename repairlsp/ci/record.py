"""The report as JSON, as `report.schema.json` beside this file describes it.

One job makes the patch, with the project's code running in it and no token; another, with a token,
posts it. The second reads this file, and must take all in it for the word of a stranger.
"""

from __future__ import annotations

import json
from typing import Final

from repairlsp import __version__
from repairlsp.ci.summary import headline, summary, title
from repairlsp.ci.types import Culprit, Failure, Fix, Report, Unfixed
from repairlsp.formats.explanation import explanation, subject
from repairlsp.types import Edit, FaultLocation

SCHEMA_VERSION: Final = 1
"""Raised when a field is removed or changes its meaning; new fields do not raise it."""

_LOCATIONS: Final = 20


def render(report: Report, branch: str) -> str:
    """One JSON object and a newline, in ASCII."""
    return json.dumps(_report(report, branch), indent=2, allow_nan=False) + "\n"


def _report(report: Report, branch: str) -> dict[str, object]:
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "repairlsp", "version": __version__},
        "status": report.status,
        "headline": headline(report),
        "commit": report.commit,
        "base": report.base,
        "branch": branch,
        "tip": report.tip,
        "passed": report.passed,
        "failures": [_failure(each) for each in report.failures],
        "fixes": [_fix(each) for each in report.fixes],
        "unfixed": [_unfixed(each) for each in report.unfixed],
        "title": title(report) if report.fixes else "",
        "summary": summary(report),
        "notes": list(report.notes),
        "seconds": round(report.seconds, 3),
    }


def _failure(each: Failure) -> dict[str, object]:
    return {
        "test": each.case.id,
        "kind": each.kind,
        "message": each.case.message,
        "reason": each.reason,
    }


def _fix(fix: Fix) -> dict[str, object]:
    return {
        "tests": list(fix.tests),
        "subject": subject(fix.patch, fix.result, fix.request),
        "explanation": explanation(fix.patch, fix.result, fix.request),
        "diff": fix.patch.diff,
        "source": fix.patch.source,
        "edits": [_edit(edit) for edit in fix.patch.edits],
        "message": fix.message,
        "commit": fix.commit,
        "cautions": [
            {"name": one.name, "grade": one.grade, "reason": one.reason}
            for one in fix.patch.cautions
        ],
        "broken_by": _culprit(fix.culprit),
    }


def _edit(edit: Edit) -> dict[str, object]:
    return {
        "path": edit.path,
        "start": edit.span.start,
        "end": edit.span.end,
        "lines": list(edit.lines),
    }


def _unfixed(group: Unfixed) -> dict[str, object]:
    locations = group.result.locations[:_LOCATIONS] if group.result else ()
    return {
        "tests": list(group.tests),
        "reason": group.reason,
        "idea": group.idea.diff if group.idea else None,
        "locations": [_location(one) for one in locations],
        "broken_by": _culprit(group.culprit),
    }


def _culprit(culprit: Culprit | None) -> dict[str, object] | None:
    return {"commit": culprit.commit, "subject": culprit.subject} if culprit else None


def _location(location: FaultLocation) -> dict[str, object]:
    return {
        "path": location.path,
        "line": location.line,
        "suspiciousness": round(location.suspiciousness, 4),
        "evidence": location.evidence,
    }
