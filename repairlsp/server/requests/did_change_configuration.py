"""`workspace/didChangeConfiguration`: the user changed a setting in the editor."""

from __future__ import annotations

import logging

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from repairlsp.server.configuration import SECTION
from repairlsp.server.session import Session

METHOD = types.WORKSPACE_DID_CHANGE_CONFIGURATION

logger = logging.getLogger(__name__)


async def handle(session: Session, params: types.DidChangeConfigurationParams) -> None:
    if session.client.configuration:
        await pull(session)
    else:
        session.configure(params.settings)


async def pull(session: Session) -> None:
    """Ask the client for its settings, also those of each folder, and take them over."""
    if not session.client.configuration:
        return
    scopes = [None, *(folder.as_uri() for folder in session.folders)]
    wanted = [types.ConfigurationItem(scope_uri=scope, section=SECTION) for scope in scopes]
    params = types.ConfigurationParams(wanted)
    try:
        items = await session.ask(types.WORKSPACE_CONFIGURATION, params)
    except JsonRpcException as error:
        logger.warning("the client gave no settings: %s", error)
        return
    session.configure(items[0] if items else None, items[1:])
