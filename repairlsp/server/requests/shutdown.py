"""`shutdown`: stop all work and prepare to exit. Every request in flight gets its answer."""

from __future__ import annotations

from lsprotocol import types

from repairlsp.server.session import Session

METHOD = types.SHUTDOWN


async def handle(session: Session, params: None) -> None:
    session.protocol.shut_down = True
    session.protocol.cancel_all()
