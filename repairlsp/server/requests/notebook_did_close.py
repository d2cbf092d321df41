"""`notebookDocument/didClose`: a notebook's cells are no longer the client's."""

from __future__ import annotations

from lsprotocol import types

from repairlsp.server.session import Session

METHOD = types.NOTEBOOK_DOCUMENT_DID_CLOSE


async def handle(session: Session, params: types.DidCloseNotebookDocumentParams) -> None:
    session.notebooks.close(params.notebook_document.uri)
    for cell in params.cell_text_documents:
        session.documents.close(cell.uri)
    session.ahead.forget()
