"""`$/setTrace`: how much the client wants to hear of what the server does."""

from __future__ import annotations

from lsprotocol import types

from repairlsp.server.session import Session

METHOD = types.SET_TRACE


async def handle(session: Session, params: types.SetTraceParams) -> None:
    session.protocol.trace = params.value
    session.log.trace(params.value)
