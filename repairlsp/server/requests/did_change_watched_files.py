"""`workspace/didChangeWatchedFiles`: a file was changed on disk, by whatever program."""

from __future__ import annotations

from lsprotocol import types

from repairlsp.server.session import Session

METHOD = types.WORKSPACE_DID_CHANGE_WATCHED_FILES


async def handle(session: Session, params: types.DidChangeWatchedFilesParams) -> None:
    for change in params.changes:
        if change.uri.endswith(".toml"):
            session.status.clear()  # a model or a sandbox that was missing may be set otherwise
            session.ahead.forget()
        elif session.documents.get(change.uri) is None:
            # What counts of an open document is its text in the editor.
            session.failures.changed(change.uri)
            session.ahead.forget()
