"""`notebookDocument/didOpen`: the client now owns a notebook's cells and their texts."""

from __future__ import annotations

from lsprotocol import types

from repairlsp.server.session import Session

METHOD = types.NOTEBOOK_DOCUMENT_DID_OPEN


async def handle(session: Session, params: types.DidOpenNotebookDocumentParams) -> None:
    for item in params.cell_text_documents:
        session.documents.open(item)
    session.notebooks.open(params.notebook_document.uri, params.notebook_document.cells)
