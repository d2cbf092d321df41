"""`repairlsp/acceptProposal`: the user looked at a fix and wants it; here is its edit."""

from __future__ import annotations

from typing import Any

from repairlsp.server.extensions import ACCEPT_PROPOSAL, AcceptProposalParams
from repairlsp.server.proposing import accept
from repairlsp.server.session import Session
from repairlsp.server.working import failures_shown

METHOD = ACCEPT_PROPOSAL


async def handle(session: Session, params: AcceptProposalParams) -> dict[str, Any]:
    proposal, fix = session.proposals.find(params.id, params.fix)
    with failures_shown(session):
        return {"edit": accept(session, proposal, fix)}
