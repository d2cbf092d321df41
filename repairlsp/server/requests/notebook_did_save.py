"""`notebookDocument/didSave`: a moment to look for a fix ahead of time, where that is wanted."""

from __future__ import annotations

from lsprotocol import types

from repairlsp.server import prefetching
from repairlsp.server.session import Session

METHOD = types.NOTEBOOK_DOCUMENT_DID_SAVE


async def handle(session: Session, params: types.DidSaveNotebookDocumentParams) -> None:
    for cell in session.notebooks.cells_of(params.notebook_document.uri):
        prefetching.saved(session, cell)
