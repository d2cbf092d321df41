"""`textDocument/diagnostic`: failing tests and suspicious lines, for clients that ask for them."""

from __future__ import annotations

from lsprotocol import types

from repairlsp.server.session import Session

METHOD = types.TEXT_DOCUMENT_DIAGNOSTIC


async def handle(
    session: Session, params: types.DocumentDiagnosticParams
) -> types.RelatedFullDocumentDiagnosticReport:
    found = session.failures.of_document(params.text_document.uri)
    return types.RelatedFullDocumentDiagnosticReport(items=found)
