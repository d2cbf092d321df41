"""`repairlsp/debugInformation`: what one wants to know before reading a report of a bug."""

from __future__ import annotations

from repairlsp.server.debugging import debug_information
from repairlsp.server.extensions import DEBUG_INFORMATION
from repairlsp.server.session import Session

METHOD = DEBUG_INFORMATION


async def handle(session: Session, params: object) -> dict[str, str]:
    return {"text": debug_information(session)}
