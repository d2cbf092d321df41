"""`workspace/executeCommand`: what a code action, a code lens or the user's own key asks for."""

from __future__ import annotations

from typing import Any

from lsprotocol import types

from repairlsp.server.answers import InvalidParamsError
from repairlsp.server.commands import COMMANDS
from repairlsp.server.session import Session

METHOD = types.WORKSPACE_EXECUTE_COMMAND


async def handle(session: Session, params: types.ExecuteCommandParams) -> Any:
    command = COMMANDS.get(params.command)
    if command is None:
        raise InvalidParamsError(f"there is no command {params.command}")
    return await command(session, params.arguments or (), params.work_done_token)
