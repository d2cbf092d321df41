"""What is read of a client's capabilities, on the files that real editors sent."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from repairlsp.server.client import Client


def capabilities(name: str) -> dict[str, Any]:
    """The `initialize` params that an editor really sent, as pytest-lsp keeps them."""
    file = resources.files("pytest_lsp.clients") / f"{name}.json"
    params: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return params


def test_vs_code() -> None:
    client = Client.from_params(capabilities("visual_studio_code_v1.65.2"))
    assert client.encoding == "utf-16"
    assert client.code_action_literals
    assert client.disabled_actions
    assert client.lazy_edit
    assert client.apply_edit
    assert client.versioned_edits
    assert client.change_annotations
    assert client.progress
    assert client.configuration
    assert client.configuration_registration


def test_neovim() -> None:
    client = Client.from_params(capabilities("neovim_v0.11.0"))
    assert client.code_action_literals
    assert client.lazy_edit
    assert client.apply_edit
    assert client.progress
    assert client.configuration
    assert not client.change_annotations
    assert client.shows_errors


@pytest.mark.parametrize("params", [None, [], {}, {"capabilities": None}, {"capabilities": []}])
def test_what_is_no_initialize(params: object) -> None:
    with pytest.raises(ValueError, match="capabilities"):
        Client.from_params(params)


def test_nonsense_counts_as_absent() -> None:
    nonsense = {
        "processId": "seven",
        "workspaceFolders": [3, {"uri": 4}, {"uri": "file:///a", "name": "a"}],
        "capabilities": {
            "general": {"positionEncodings": "utf-8"},
            "textDocument": {"codeAction": {"resolveSupport": ["edit"], "dataSupport": "yes"}},
            "workspace": 7,
        },
    }
    client = Client.from_params(nonsense)
    assert client.process_id is None
    assert client.folders == ("file:///a",)
    assert client.encoding == "utf-16"
    assert not client.lazy_edit


@pytest.mark.parametrize(
    ("params", "folders"),
    [
        ({"rootUri": "file:///a%20b"}, ("file:///a%20b",)),
        ({"rootPath": "/a b"}, (Path("/a b").as_uri(),)),
        ({"rootUri": "file:///a", "workspaceFolders": []}, ()),
        ({"rootUri": None, "rootPath": None, "workspaceFolders": None}, ()),
    ],
)
def test_folders_of_older_clients(params: dict[str, Any], folders: tuple[str, ...]) -> None:
    assert Client.from_params({"capabilities": {}, **params}).folders == folders
