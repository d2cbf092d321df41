"""`exit`: leave, with the exit code that says whether `shutdown` came first."""

from __future__ import annotations

from lsprotocol import types

from repairlsp.server.session import Session

METHOD = types.EXIT


async def handle(session: Session, params: None) -> None:
    session.leave(0 if session.protocol.shut_down else 1)
