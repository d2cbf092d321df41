"""`workspace/executeCommand`: a fix for clients that cannot resolve a code action lazily."""

from __future__ import annotations

from lsprotocol import types

from repairlsp.server.answers import InvalidParamsError, RequestFailedError
from repairlsp.server.capabilities import FIX_COMMAND
from repairlsp.server.fixing import find_fix
from repairlsp.server.session import Session
from repairlsp.server.targets import Target

METHOD = types.WORKSPACE_EXECUTE_COMMAND


async def handle(session: Session, params: types.ExecuteCommandParams) -> None:
    if params.command != FIX_COMMAND:
        raise InvalidParamsError(f"there is no command {params.command}")
    if not params.arguments or len(params.arguments) != 1:
        raise InvalidParamsError(f"{FIX_COMMAND} takes one argument: a code action's data")
    target = Target.from_data(params.arguments[0])
    if not session.client.apply_edit:
        raise RequestFailedError("this editor can neither resolve code actions nor apply edits")
    fix = await find_fix(session, target, token=params.work_done_token)
    label = f"Fix this bug ({fix.proof})"
    edit = types.ApplyWorkspaceEditParams(edit=fix.edit, label=label)
    applied = await session.ask(types.WORKSPACE_APPLY_EDIT, edit)
    if not applied.applied:
        reason = applied.failure_reason or "the document may have changed"
        session.show(f"the editor did not apply the fix: {reason}")
