"""The settings that the VS Code extension offers are the server's own: names, defaults, limits."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from pathlib import Path
from typing import Any, get_args

import pytest

from repairlsp.server.configuration import Configuration, Verify, read
from repairlsp.settings import READERS, Settings
from repairlsp.types import SandboxMode, SpectrumFormula

MANIFEST = json.loads(
    (Path(__file__).parents[2] / "vscode-extension" / "package.json").read_text("utf-8")
)
PREFIX = "repairlsp."

OFFERED: dict[str, dict[str, Any]] = {
    re.sub("([A-Z])", r"_\1", key.removeprefix(PREFIX)).lower(): schema
    for section in MANIFEST["contributes"]["configuration"]
    for key, schema in section["properties"].items()
}
"""The JSON schemas by the server's names."""

OF_THE_EXTENSION = {"path", "trace.server"}

NOT_IN_AN_EDITOR = {
    "trusted",  # what the workspace's trust is, and no setting
    "files",  # the file that is being edited
    "patches",  # one, or what "Show other fixes" asks for
}

EDITORS = {each.name for each in fields(Configuration)} - {"project_keys"}

CHOICES = {
    "verify": get_args(Verify),
    "sandbox": get_args(SandboxMode),
    "spectrum": get_args(SpectrumFormula),
}

SHARED = sorted(set(OFFERED) - OF_THE_EXTENSION)


def default(key: str) -> object:
    """The server's default as JSON has it: no model is the empty text field."""
    value = getattr(Configuration() if key in EDITORS else Settings(), key)
    if isinstance(value, tuple):
        return list(value)
    return "" if value is None else value


def complaints(key: str, value: object) -> tuple[str, ...]:
    """What the server says to a value of a setting."""
    return read({key: value}).warnings


def test_every_setting_of_the_server_is_offered_and_no_other() -> None:
    assert set(SHARED) == (EDITORS | set(READERS)) - NOT_IN_AN_EDITOR


@pytest.mark.parametrize("key", SHARED)
def test_the_default_is_the_servers(key: str) -> None:
    assert OFFERED[key]["default"] == default(key)


@pytest.mark.parametrize("key", SHARED)
def test_the_server_takes_what_the_schema_allows(key: str) -> None:
    schema = OFFERED[key]
    allowed = schema.get("enum", [schema["default"]])
    if "minimum" in schema:
        allowed = [*allowed, schema["minimum"]]
    refused = [[], {"no": "value"}]
    if "minimum" in schema:
        refused.append(schema["minimum"] - 1)
    if "exclusiveMinimum" in schema:
        refused.append(schema["exclusiveMinimum"])
    if "enum" in schema:
        refused.append("no such choice")
    for value in allowed:
        if value != "":  # an emptied text field, which the extension does not send
            assert complaints(key, value) == ()
    for value in refused:
        assert complaints(key, value), value


@pytest.mark.parametrize("key", [key for key in SHARED if "enum" in OFFERED[key] or key in CHOICES])
def test_the_choices_are_the_servers(key: str) -> None:
    assert tuple(OFFERED[key]["enum"]) == CHOICES[key]


def test_what_a_workspace_could_harm_with_is_restricted() -> None:
    trust = MANIFEST["capabilities"]["untrustedWorkspaces"]
    assert trust["supported"] == "limited"
    assert {f"{PREFIX}{key}" for key in ("path", "testCommand", "model", "sandbox")} <= set(
        trust["restrictedConfigurations"]
    )
