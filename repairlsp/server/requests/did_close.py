"""`textDocument/didClose`: the text of a document is what the disk says again."""

from __future__ import annotations

from lsprotocol import types

from repairlsp.server.session import Session

METHOD = types.TEXT_DOCUMENT_DID_CLOSE


async def handle(session: Session, params: types.DidCloseTextDocumentParams) -> None:
    session.documents.close(params.text_document.uri)
    session.failures.closed(params.text_document.uri)
    session.ahead.forget()  # what was not saved of it is gone
