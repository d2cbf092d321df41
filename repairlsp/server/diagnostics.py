"""What a run of the tests has to say, as diagnostics: failing tests and suspicious lines."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from lsprotocol import types

from repairlsp.server.capabilities import FAILING_TEST, SOURCE, SUSPICIOUS_LINE
from repairlsp.server.client import Client
from repairlsp.server.documents import Document
from repairlsp.server.positions import Encoding
from repairlsp.server.testreport import Failure, RunReport, Suspicion


def diagnostics_of(
    report: RunReport, texts: Mapping[Path, Document], client: Client
) -> dict[Path, list[types.Diagnostic]]:
    """The diagnostics of each file whose text is known."""
    related = _related(report, texts, client.encoding) if client.related_information else []
    number = len(report.failures)
    failing = "a failing test" if number == 1 else f"{number} failing tests"
    found: dict[Path, list[types.Diagnostic]] = {}
    for place in report.places:
        if document := texts.get(place.file):
            where = _code_of(document, place.line, client.encoding)
            if isinstance(place, Failure):
                diagnostic = _of_failure(place, where)
                diagnostic.related_information = related or None
            else:
                diagnostic = _of_suspicion(place, where, failing)
            found.setdefault(place.file, []).append(diagnostic)
    return found


def _of_failure(failure: Failure, where: types.Range) -> types.Diagnostic:
    return types.Diagnostic(
        where,
        f"{failure.test} fails: {failure.message}",
        severity=types.DiagnosticSeverity.Error,
        code=FAILING_TEST,
        source=SOURCE,
        data={"test": failure.test},
    )


def _of_suspicion(suspicion: Suspicion, where: types.Range, failing: str) -> types.Diagnostic:
    return types.Diagnostic(
        where,
        f"The fault behind {failing} may be here ({suspicion.evidence})",
        severity=types.DiagnosticSeverity.Information,
        code=SUSPICIOUS_LINE,
        source=SOURCE,
    )


def test_of(diagnostic: types.Diagnostic) -> str:
    """The id of the test that a diagnostic of ours says to fail."""
    return str(diagnostic.data["test"]) if isinstance(diagnostic.data, dict) else ""


def _related(
    report: RunReport, texts: Mapping[Path, Document], encoding: Encoding
) -> list[types.DiagnosticRelatedInformation]:
    return [
        types.DiagnosticRelatedInformation(
            types.Location(document.uri, _code_of(document, each.line, encoding)),
            f"suspicious: {each.evidence}",
        )
        for each in report.suspicions
        if (document := texts.get(each.file))
    ]


def _code_of(document: Document, line: int, encoding: Encoding) -> types.Range:
    """A line's code: from its first character that is no space to its last."""
    text = document.line(line)
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    return types.Range(
        document.position(line, min(start, end), encoding),
        document.position(line, end, encoding),
    )
