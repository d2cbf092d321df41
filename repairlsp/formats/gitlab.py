"""`gitlab`: a Code Quality report, as GitLab's `artifacts:reports:codequality` takes it."""

from __future__ import annotations

import json

from repairlsp.formats.findings import Finding, findings
from repairlsp.formats.format import PLAIN, View
from repairlsp.types import RepairRequest, RepairResult


def render(result: RepairResult, request: RepairRequest, view: View = PLAIN, /) -> str:
    """An array of issues, empty when there is nothing to say."""
    return json.dumps([_issue(one) for one in findings(result, request)], indent=2) + "\n"


def _issue(finding: Finding) -> dict[str, object]:
    first, end = finding.span or (1, 2)
    return {
        "description": finding.message,
        "check_name": f"repairlsp/{finding.rule}",
        "fingerprint": finding.fingerprint,
        "severity": "major" if finding.is_error else "minor",
        "location": {"path": finding.path, "lines": {"begin": first, "end": end - 1}},
    }
