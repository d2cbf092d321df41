"""`initialized`: the client is ready; ask it for its settings."""

from __future__ import annotations

import logging

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from repairlsp.server.requests.did_change_configuration import pull
from repairlsp.server.session import Session

METHOD = types.INITIALIZED

logger = logging.getLogger(__name__)


async def handle(session: Session, params: types.InitializedParams) -> None:
    if session.client.configuration_registration:
        await _register(session)
    await pull(session)
    session.status.send()


async def _register(session: Session) -> None:
    """Ask to be told of changes: a client that is asked for settings may not do so unasked."""
    changes = types.Registration(
        id="repairlsp.configuration", method=types.WORKSPACE_DID_CHANGE_CONFIGURATION
    )
    try:
        await session.ask(types.CLIENT_REGISTER_CAPABILITY, types.RegistrationParams([changes]))
    except JsonRpcException as error:
        logger.warning("changed settings will not be noticed: %s", error)
