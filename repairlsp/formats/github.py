"""`github`: annotations as workflow commands, which a step prints and GitHub shows at the lines.

The job summary beside them is the `markdown` format.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from repairlsp.formats.findings import Finding, findings
from repairlsp.formats.format import PLAIN, View
from repairlsp.formats.words import printable
from repairlsp.types import RepairRequest, RepairResult

_SHOWN: Final = 10
"""Annotations of one kind that GitHub shows of one step (its documentation, "Usage limits")."""

_DATA: Final = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY: Final = {**_DATA, ":": "%3A", ",": "%2C"}


def render(result: RepairResult, request: RepairRequest, view: View = PLAIN, /) -> str:
    """A line for each annotation; empty when there is nothing to say."""
    return "".join(_command(one) for one in findings(result, request)[:_SHOWN])


def _command(finding: Finding) -> str:
    properties = {"file": finding.path}
    if finding.span is not None:
        properties["line"] = str(finding.span.start)
        properties["endLine"] = str(finding.span.end - 1)
    properties["title"] = f"repairlsp: {finding.title}"
    told = ",".join(f"{key}={_escaped(text, _PROPERTY)}" for key, text in properties.items())
    level = "error" if finding.is_error else "warning"
    return f"::{level} {told}::{_escaped(finding.message, _DATA)}\n"


def _escaped(text: str, escapes: Mapping[str, str]) -> str:
    """The text as the runner undoes it (actions/toolkit, packages/core/src/command.ts)."""
    return "".join(escapes.get(char, char) for char in printable(text))
