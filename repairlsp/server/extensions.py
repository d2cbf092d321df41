"""The messages that LSP does not have, as types. docs/editors.md describes them."""

from __future__ import annotations

from typing import Final

import attrs

ACCEPT_PROPOSAL: Final = "repairlsp/acceptProposal"
DEBUG_INFORMATION: Final = "repairlsp/debugInformation"

PROPOSAL: Final = "repairlsp/proposal"
STATUS: Final = "repairlsp/status"


@attrs.define
class AcceptProposalParams:
    """Fix number `fix`, from 0, of a proposal."""

    id: str
    fix: int


@attrs.define
class AcceptProposalRequest:
    id: int | str
    method: str
    jsonrpc: str
    params: AcceptProposalParams


@attrs.define
class DebugInformationRequest:
    """It has no params; what a client sends for them does not matter."""

    id: int | str
    method: str
    jsonrpc: str
    params: None = None


REQUESTS: Final = {
    ACCEPT_PROPOSAL: AcceptProposalRequest,
    DEBUG_INFORMATION: DebugInformationRequest,
}
