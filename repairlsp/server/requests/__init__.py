"""One file per LSP method: its name, and the coroutine that handles it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import Any

from repairlsp.server.requests import (
    accept_proposal,
    code_action,
    code_action_resolve,
    code_lens,
    debug_information,
    did_change,
    did_change_configuration,
    did_change_watched_files,
    did_change_workspace_folders,
    did_close,
    did_open,
    did_save,
    document_diagnostic,
    execute_command,
    exit,
    initialized,
    notebook_did_change,
    notebook_did_close,
    notebook_did_open,
    notebook_did_save,
    set_trace,
    shutdown,
    work_done_progress_cancel,
)
from repairlsp.server.session import Session

Handler = Callable[[Session, Any], Awaitable[Any]]

HANDLERS: Mapping[str, Handler] = MappingProxyType(
    {
        module.METHOD: module.handle
        for module in (
            accept_proposal,
            code_action,
            code_action_resolve,
            code_lens,
            debug_information,
            did_change,
            did_change_configuration,
            did_change_watched_files,
            did_change_workspace_folders,
            did_close,
            did_open,
            did_save,
            document_diagnostic,
            execute_command,
            exit,
            initialized,
            notebook_did_change,
            notebook_did_close,
            notebook_did_open,
            notebook_did_save,
            set_trace,
            shutdown,
            work_done_progress_cancel,
        )
    }
)
"""Every method that the server answers to, `initialize` apart (see `greeting`)."""

__all__ = ["HANDLERS", "Handler"]
