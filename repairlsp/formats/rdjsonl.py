"""`rdjsonl`: the Reviewdog Diagnostic Format, one diagnostic a line."""

from __future__ import annotations

import json

from repairlsp.formats.findings import findings
from repairlsp.formats.format import PLAIN, View
from repairlsp.formats.rdjson import diagnostic
from repairlsp.types import RepairRequest, RepairResult


def render(result: RepairResult, request: RepairRequest, view: View = PLAIN, /) -> str:
    """A line for each diagnostic; empty when there is nothing to say."""
    return "".join(json.dumps(diagnostic(one)) + "\n" for one in findings(result, request))
