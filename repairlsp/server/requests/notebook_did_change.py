"""`notebookDocument/didChange`: cells came, went or moved, or the text of some changed."""

from __future__ import annotations

import logging

from lsprotocol import types

from repairlsp.server.session import Session

METHOD = types.NOTEBOOK_DOCUMENT_DID_CHANGE

logger = logging.getLogger(__name__)


async def handle(session: Session, params: types.DidChangeNotebookDocumentParams) -> None:
    cells = params.change.cells
    if cells is None:
        return
    session.ahead.forget()
    if structure := cells.structure:
        session.notebooks.change(params.notebook_document.uri, structure.array)
        for item in structure.did_open or ():
            session.documents.open(item)
        for closed in structure.did_close or ():
            session.documents.close(closed.uri)
    for change in cells.text_content or ():
        cell = change.document
        if not session.documents.change(cell.uri, cell.version, change.changes):
            logger.warning("a change of a cell that is not open: %s", cell.uri)
