"""`notebookDocument/didSave`: nothing of ours depends on what of a notebook is on disk."""

from __future__ import annotations

from lsprotocol import types

from repairlsp.server.session import Session

METHOD = types.NOTEBOOK_DOCUMENT_DID_SAVE


async def handle(session: Session, params: types.DidSaveNotebookDocumentParams) -> None:
    pass
