"""`initialized`: the client is ready; ask it for its settings."""

from __future__ import annotations

import logging

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from repairlsp.server.requests.did_change_configuration import pull
from repairlsp.server.session import Session

METHOD = types.INITIALIZED

logger = logging.getLogger(__name__)


WATCHED = ("**/*.py", "**/pyproject.toml", "**/repairlsp.toml")


async def handle(session: Session, params: types.InitializedParams) -> None:
    await _register(session)
    await pull(session)
    session.status.send()


async def _register(session: Session) -> None:
    """Ask to be told of changes: a client that is asked for settings may not do so unasked."""
    wanted = []
    if session.client.configuration_registration:
        method = types.WORKSPACE_DID_CHANGE_CONFIGURATION
        wanted.append(types.Registration(id="repairlsp.configuration", method=method))
    if session.client.watched_files:
        watchers = [types.FileSystemWatcher(pattern) for pattern in WATCHED]
        method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
        options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        wanted.append(types.Registration("repairlsp.files", method, options))
    if not wanted:
        return
    try:
        await session.ask(types.CLIENT_REGISTER_CAPABILITY, types.RegistrationParams(wanted))
    except JsonRpcException as error:
        logger.warning("changed settings and files will not be noticed: %s", error)
