"""What this server says it can do, in the reply to `initialize`."""

from __future__ import annotations

from typing import Any, Final

from repairlsp.server.client import Client

QUICK_FIX: Final = "quickfix.repairlsp"
REWRITE: Final = "refactor.rewrite.repairlsp"
FIX_COMMAND: Final = "repairlsp.fix"

_INCREMENTAL: Final = 2


def server_capabilities(client: Client) -> dict[str, Any]:
    """`ServerCapabilities` as JSON."""
    provider = {"codeActionKinds": [QUICK_FIX, REWRITE], "resolveProvider": True}
    return {
        "positionEncoding": client.encoding,
        "textDocumentSync": {"openClose": True, "change": _INCREMENTAL},
        "codeActionProvider": provider if client.code_action_literals else True,
        "executeCommandProvider": {"commands": [FIX_COMMAND], "workDoneProgress": True},
        "workspace": {"workspaceFolders": {"supported": True, "changeNotifications": True}},
    }
