"""What the client said of itself in `initialize`: the part that this server acts on."""

from __future__ import annotations

from typing import Any, NamedTuple

from repairlsp.server import positions
from repairlsp.server.positions import Encoding


class Client(NamedTuple):
    """The client's process, folders, wishes and capabilities.

    Read from plain JSON, and not through lsprotocol's types, because that is needed before they
    are imported (see `start`). A capability of the wrong type counts as absent.
    """

    name: str
    process_id: int | None
    folders: tuple[str, ...]
    """URIs of the workspace folders."""
    options: Any
    """`initializationOptions`, as they came."""
    encoding: Encoding
    code_action_literals: bool
    """Code actions may be CodeAction objects; a client of before 3.8 knows only commands."""
    disabled_actions: bool
    lazy_edit: bool
    """`codeAction/resolve` may bring the edit (and the client hands `data` back)."""
    apply_edit: bool
    versioned_edits: bool
    """`WorkspaceEdit.documentChanges`."""
    change_annotations: bool
    progress: bool
    configuration: bool
    configuration_registration: bool
    """`workspace/didChangeConfiguration` can be asked for."""
    watched_files: bool
    """`workspace/didChangeWatchedFiles` can be asked for."""
    pulls_diagnostics: bool
    """It asks for diagnostics itself, and can be told to ask again."""
    refreshes_lenses: bool
    related_information: bool
    notebooks: bool
    """It can tell of notebooks and their cells."""
    proposals: bool
    """It shows `repairlsp/proposal` as a diff; see docs/editors.md, as for the next."""
    status: bool
    """It shows `repairlsp/status`."""

    @property
    def shows_errors(self) -> bool:
        """Whether the user sees the message of an error reply.

        Neovim shows it (0.7.2 and 0.11.4 were tried); VS Code logs it; of others nothing is known.
        """
        return self.name == "Neovim"

    @classmethod
    def from_params(cls, params: Any) -> Client:
        """Read the params of `initialize`. Raises ValueError when they are no such thing."""
        if not isinstance(params, dict) or not isinstance(params.get("capabilities"), dict):
            raise ValueError("initialize needs params with capabilities")
        action = "capabilities.textDocument.codeAction."
        workspace = "capabilities.workspace."
        ours = "capabilities.experimental.repairlsp."
        pid = params.get("processId")
        offered = _get(params, "capabilities.general.positionEncodings")
        resolvable = _get(params, action + "resolveSupport.properties")
        return cls(
            name=str(_get(params, "clientInfo.name") or ""),
            process_id=pid if isinstance(pid, int) and pid > 0 else None,
            folders=_folders(params),
            options=params.get("initializationOptions"),
            encoding=positions.choose(offered if isinstance(offered, list) else []),
            code_action_literals=isinstance(
                _get(params, action + "codeActionLiteralSupport"), dict
            ),
            disabled_actions=_get(params, action + "disabledSupport") is True,
            lazy_edit=isinstance(resolvable, list)
            and "edit" in resolvable
            and _get(params, action + "dataSupport") is True,
            apply_edit=_get(params, workspace + "applyEdit") is True,
            versioned_edits=_get(params, workspace + "workspaceEdit.documentChanges") is True,
            change_annotations=isinstance(
                _get(params, workspace + "workspaceEdit.changeAnnotationSupport"), dict
            ),
            progress=_get(params, "capabilities.window.workDoneProgress") is True,
            configuration=_get(params, workspace + "configuration") is True,
            configuration_registration=_get(
                params, workspace + "didChangeConfiguration.dynamicRegistration"
            )
            is True,
            watched_files=_get(params, workspace + "didChangeWatchedFiles.dynamicRegistration")
            is True,
            pulls_diagnostics=isinstance(_get(params, "capabilities.textDocument.diagnostic"), dict)
            and _get(params, workspace + "diagnostics.refreshSupport") is True,
            refreshes_lenses=_get(params, workspace + "codeLens.refreshSupport") is True,
            related_information=_get(
                params, "capabilities.textDocument.publishDiagnostics.relatedInformation"
            )
            is True,
            notebooks=isinstance(
                _get(params, "capabilities.notebookDocument.synchronization"), dict
            ),
            proposals=_get(params, ours + "proposals") is True,
            status=_get(params, ours + "status") is True,
        )


def _get(tree: Any, path: str) -> Any:
    """The value at a dotted path; None where any step of it is missing."""
    for key in path.split("."):
        if not isinstance(tree, dict):
            return None
        tree = tree.get(key)
    return tree


def _folders(params: dict[str, Any]) -> tuple[str, ...]:
    """Workspace folders, or what older clients send in their place."""
    folders = params.get("workspaceFolders")
    if isinstance(folders, list):
        uris = [_get(folder, "uri") for folder in folders]
        return tuple(uri for uri in uris if isinstance(uri, str))
    if isinstance(uri := params.get("rootUri"), str):
        return (uri,)
    if isinstance(path := params.get("rootPath"), str) and path.startswith("/"):
        from pathlib import Path

        return (Path(path).as_uri(),)
    return ()
