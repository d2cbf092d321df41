"""What is served is no model that anybody vouches for, or one that does harm: it never lands
(check 25)."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from repairlsp.errors import ModelError
from repairlsp.models import sources
from repairlsp.models.pull import pull
from tests.models.pull.pulling import NO_PAUSES, another, fetched, models, state
from tests.models.pull.server import Server


@pytest.mark.parametrize("damage", ["bytes", "longer", "shorter", "page"])
def test_what_the_manifest_does_not_vouch_for_never_lands(
    server: Server, model_copy: Path, damage: str
) -> None:
    good = fetched(server)
    before = state(good.folder)
    another(model_copy)
    data = bytearray((model_copy / "model.onnx").read_bytes())
    data[1000] ^= 1
    if damage == "longer":
        data += b"more"
    if damage == "shorter":
        del data[-1000:]
    server.instead["model.onnx"] = b"<html>" if damage == "page" else bytes(data)
    with pytest.raises(ModelError) as caught:
        fetched(server, replace=True)
    assert "model.onnx" in str(caught.value)
    assert models() == ["m"]
    assert state(good.folder) == before


@pytest.mark.parametrize("trick", ["library", "path", "unsafe name", "unsafe digest", "context"])
def test_a_folder_that_its_own_manifest_vouches_for_is_refused_all_the_same(
    server: Server, model_copy: Path, trick: str
) -> None:
    config = json.loads((model_copy / "genai_config.json").read_text())
    if trick == "library":
        config["model"]["decoder"]["session_options"]["custom_ops_library"] = "evil.so"
    if trick == "path":
        config["model"]["decoder"]["filename"] = "../model.onnx"
    if trick == "context":
        config["model"]["context_length"] = 1 << 40
    (model_copy / "genai_config.json").write_text(json.dumps(config))
    record = json.loads((model_copy / "manifest.json").read_text())
    data = (model_copy / "genai_config.json").read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    record["files"]["genai_config.json"] = {"size": len(data), "sha256": digest}
    if trick == "unsafe name":
        record["files"]["../../x"] = {"size": 1, "sha256": "0" * 64}
    if trick == "unsafe digest":
        record["files"]["README.md"]["sha256"] = "../../../x"
    (model_copy / "manifest.json").write_text(json.dumps(record))
    with pytest.raises(ModelError, match="refused"):
        fetched(server)
    assert models() == []


def test_a_pinned_manifest(server: Server, model_copy: Path) -> None:
    digest = state(model_copy)["manifest.json"]
    good = sources.find(f"{server.url}/m", manifest_sha256=digest.upper())
    assert pull(good, pauses=NO_PAUSES).manifest_sha256 == digest
    with pytest.raises(ModelError, match="not the one that was asked for"):
        pull(good._replace(name="n", manifest_sha256="0" * 64), pauses=NO_PAUSES)
    assert models() == ["m"]


def test_a_huge_manifest_is_refused(server: Server) -> None:
    server.instead["manifest.json"] = b" " * (2 << 20)
    with pytest.raises(ModelError, match="larger than"):
        fetched(server)
