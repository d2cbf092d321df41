"""`rdjson`: the Reviewdog Diagnostic Format (reviewdog, proto/rdf/reviewdog.proto), one object.

Columns count UTF-8 bytes from 1, ends are exclusive. The best patch is given as one diagnostic for
each place that it changes, with a suggestion that replaces the whole lines.
"""

from __future__ import annotations

import json

from repairlsp.formats.changes import Change, replacement
from repairlsp.formats.findings import Finding, findings
from repairlsp.formats.format import PLAIN, View
from repairlsp.types import RepairRequest, RepairResult


def render(result: RepairResult, request: RepairRequest, view: View = PLAIN, /) -> str:
    """One `DiagnosticResult`; without diagnostics when there is nothing to say."""
    whole = {
        "source": {"name": "repairlsp"},
        "diagnostics": [diagnostic(one) for one in findings(result, request)],
    }
    return json.dumps(whole, indent=2) + "\n"


def diagnostic(finding: Finding) -> dict[str, object]:
    """A finding as a `Diagnostic`."""
    location: dict[str, object] = {"path": finding.path}
    if finding.change is not None:
        location["range"] = _range(finding.change)
    elif finding.span is not None:
        location["range"] = {"start": {"line": finding.span.start}}
    told: dict[str, object] = {
        "message": finding.message,
        "location": location,
        "severity": "ERROR" if finding.is_error else "WARNING",
        "source": {"name": "repairlsp"},
        "code": {"value": finding.rule},
    }
    if finding.change is not None:
        text = replacement(finding.change, _bytes).text
        told["suggestions"] = [{"range": _range(finding.change), "text": text}]
    return told


def _range(change: Change) -> dict[str, object]:
    place = replacement(change, _bytes)
    return {
        "start": {"line": place.start_line, "column": place.start_column},
        "end": {"line": place.end_line, "column": place.end_column},
    }


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))
