"""What this server says it can do, in the reply to `initialize`."""

from __future__ import annotations

from typing import Any, Final

from repairlsp.server.client import Client

QUICK_FIX: Final = "quickfix.repairlsp"
REWRITE: Final = "refactor.rewrite.repairlsp"

FIX_COMMAND: Final = "repairlsp.fix"
ALTERNATIVES_COMMAND: Final = "repairlsp.alternatives"
FIX_TEST_COMMAND: Final = "repairlsp.fixTest"
RUN_TESTS_COMMAND: Final = "repairlsp.runTests"

SOURCE: Final = "repairlsp"
"""The source of our own diagnostics."""
FAILING_TEST: Final = "failing-test"
SUSPICIOUS_LINE: Final = "suspicious-line"

_INCREMENTAL: Final = 2


def server_capabilities(client: Client) -> dict[str, Any]:
    """`ServerCapabilities` as JSON."""
    provider = {"codeActionKinds": [QUICK_FIX, REWRITE], "resolveProvider": True}
    commands = [FIX_COMMAND, ALTERNATIVES_COMMAND, FIX_TEST_COMMAND, RUN_TESTS_COMMAND]
    capabilities: dict[str, Any] = {
        "positionEncoding": client.encoding,
        "textDocumentSync": {"openClose": True, "change": _INCREMENTAL, "save": True},
        "codeActionProvider": provider if client.code_action_literals else True,
        "codeLensProvider": {"resolveProvider": False},
        "executeCommandProvider": {"commands": commands, "workDoneProgress": True},
        "workspace": {"workspaceFolders": {"supported": True, "changeNotifications": True}},
    }
    if client.notebooks:
        selector = [{"notebook": "*", "cells": [{"language": "python"}]}]
        capabilities["notebookDocumentSync"] = {"notebookSelector": selector, "save": True}
    if client.pulls_diagnostics:
        capabilities["diagnosticProvider"] = {
            "identifier": SOURCE,
            "interFileDependencies": True,
            "workspaceDiagnostics": False,
        }
    return capabilities
