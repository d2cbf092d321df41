"""`workspace/didChangeWorkspaceFolders`: folders were added to or taken from the workspace."""

from __future__ import annotations

from lsprotocol import types

from repairlsp.server.requests.did_change_configuration import pull
from repairlsp.server.session import Session

METHOD = types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS


async def handle(session: Session, params: types.DidChangeWorkspaceFoldersParams) -> None:
    session.remove_folders(folder.uri for folder in params.event.removed)
    session.add_folders(folder.uri for folder in params.event.added)
    await pull(session)  # each folder has settings of its own
