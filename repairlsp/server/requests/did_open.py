"""`textDocument/didOpen`: the client now owns the text of a document."""

from __future__ import annotations

from lsprotocol import types

from repairlsp.server.session import Session

METHOD = types.TEXT_DOCUMENT_DID_OPEN


async def handle(session: Session, params: types.DidOpenTextDocumentParams) -> None:
    session.documents.open(params.text_document)
    session.failures.opened(params.text_document.uri)
