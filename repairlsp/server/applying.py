"""`workspace/applyEdit`: have the client make an edit, and say so if it did not."""

from __future__ import annotations

from lsprotocol import types

from repairlsp.server.session import Session


async def apply_edit(session: Session, edit: types.WorkspaceEdit, label: str) -> bool:
    """Whether the client applied it."""
    params = types.ApplyWorkspaceEditParams(edit=edit, label=label)
    applied = await session.ask(types.WORKSPACE_APPLY_EDIT, params)
    if not applied.applied:
        reason = applied.failure_reason or "the document may have changed"
        session.show(f"the editor did not apply the fix: {reason}")
    return bool(applied.applied)
