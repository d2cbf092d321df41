"""`sarif`: the OASIS Static Analysis Results Interchange Format, version 2.1.0, with fixes.

One result for the best patch, at the first place that it changes, whose `fixes` are the patches
that were found: each repairs the fault alone. Without a patch, one result for each failing test.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import groupby
from typing import Final
from urllib.parse import quote

from repairlsp import __version__
from repairlsp.formats.changes import Change, changes, replacement
from repairlsp.formats.explanation import explanation
from repairlsp.formats.findings import RULES, Finding, findings
from repairlsp.formats.format import PLAIN, View
from repairlsp.formats.repository import prefix
from repairlsp.formats.words import evidence
from repairlsp.types import FaultLocation, Patch, RepairRequest, RepairResult

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"


def render(result: RepairResult, request: RepairRequest, view: View = PLAIN, /) -> str:
    """One SARIF log with one run; without results when there is nothing to say."""
    found = findings(result, request)
    if result.patches:
        found = found[:1]
    log = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": _driver()},
                "columnKind": "unicodeCodePoints",
                "results": [_result(one, result, request) for one in found],
            }
        ],
    }
    return json.dumps(log, indent=2) + "\n"


def _driver() -> dict[str, object]:
    return {
        "name": "repairlsp",
        "semanticVersion": __version__,
        "rules": [{"id": name, "shortDescription": {"text": told}} for name, told in RULES.items()],
    }


def _result(finding: Finding, result: RepairResult, request: RepairRequest) -> dict[str, object]:
    told: dict[str, object] = {
        "ruleId": finding.rule,
        "ruleIndex": list(RULES).index(finding.rule),
        "level": "error" if finding.is_error else "warning",
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": _place(finding)}],
        "partialFingerprints": {"repairlsp/v1": finding.fingerprint},
    }
    if finding.related:
        told["relatedLocations"] = [_related(one, result) for one in finding.related]
    if finding.patch is not None:
        told["fixes"] = [_fix(patch, result, request) for patch in result.patches]
    return told


def _place(finding: Finding) -> dict[str, object]:
    place: dict[str, object] = {"artifactLocation": _artifact(finding.path)}
    if finding.span is not None:
        place["region"] = {"startLine": finding.span.start, "endLine": finding.span.end - 1}
    return place


def _related(location: FaultLocation, result: RepairResult) -> dict[str, object]:
    return {
        "message": {"text": f"suspicious: {evidence(location.evidence, result.before)}"},
        "physicalLocation": {
            "artifactLocation": _artifact(location.path),
            "region": {"startLine": location.line},
        },
    }


def _fix(patch: Patch, result: RepairResult, request: RepairRequest) -> dict[str, object]:
    below = prefix(request.project)
    return {
        "description": {"text": explanation(patch, result, request)},
        "artifactChanges": [
            {"artifactLocation": _artifact(below + path), "replacements": _replacements(group)}
            for path, group in groupby(changes(patch), key=lambda change: change.path)
        ],
    }


def _replacements(places: Iterable[Change]) -> list[dict[str, object]]:
    return [
        {
            "deletedRegion": {
                "startLine": at.start_line,
                "startColumn": at.start_column,
                "endLine": at.end_line,
                "endColumn": at.end_column,
            },
            "insertedContent": {"text": at.text},
        }
        for at in (replacement(change, len) for change in places)
    ]


def _artifact(path: str) -> dict[str, object]:
    # Relative to the repository, which whoever reads the log knows under this name.
    uri = quote(path.encode("utf-8", "surrogateescape"))
    return {"uri": uri, "uriBaseId": "%SRCROOT%"}
