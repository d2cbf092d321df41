"""`textDocument/didChange`: the text of a document changed, in whole or in parts."""

from __future__ import annotations

import logging

from lsprotocol import types

from repairlsp.server.session import Session

METHOD = types.TEXT_DOCUMENT_DID_CHANGE

logger = logging.getLogger(__name__)


async def handle(session: Session, params: types.DidChangeTextDocumentParams) -> None:
    document = params.text_document
    if not session.documents.change(document.uri, document.version, params.content_changes):
        logger.warning("a change of a document that is not open: %s", document.uri)
        return
    session.failures.changed(document.uri)
    session.ahead.forget()
