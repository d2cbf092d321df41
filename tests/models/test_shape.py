"""Model folders that cannot be right by their own account are not loaded (check 25)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from repairlsp.errors import ModelError
from repairlsp.models import manifest
from repairlsp.models.shape import implausible


def weights(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.glob("*.onnx*"))


def test_the_shipped_model_makes_sense(shipped: Path) -> None:
    assert implausible(shipped, manifest.read(shipped).parameters, weights(shipped)) == ""


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        (("context_length",), 1 << 40),
        (("context_length",), -1),
        (("context_length",), "1024"),
        (("context_length",), True),
        (("vocab_size",), 5 << 20),
        (("decoder", "num_hidden_layers"), 0),
        (("decoder", "head_size"), 1 << 30),
        (("decoder", "num_key_value_heads"), None),
    ],
)
def test_numbers_that_no_model_has(model_copy: Path, keys: tuple[str, ...], value: object) -> None:
    path = model_copy / "genai_config.json"
    config: dict[str, Any] = json.loads(path.read_text())
    inner = config["model"]
    for key in keys[:-1]:
        inner = inner[key]
    inner[keys[-1]] = value
    path.write_text(json.dumps(config))
    assert keys[-1] in implausible(model_copy, 5_000_000, weights(model_copy))


def test_a_cache_that_no_memory_holds(model_copy: Path) -> None:
    path = model_copy / "genai_config.json"
    config = json.loads(path.read_text())
    config["model"]["context_length"] = 1 << 20
    config["model"]["decoder"] |= {"num_hidden_layers": 512, "num_key_value_heads": 512}
    path.write_text(json.dumps(config))
    assert "memory" in implausible(model_copy, 5_000_000, weights(model_copy))


@pytest.mark.parametrize("parameters", [1, 7_000_000_000])
def test_weights_that_are_not_so_many_parameters(shipped: Path, parameters: int) -> None:
    enough = 100 << 20 if parameters == 1 else weights(shipped)
    assert "parameters" in implausible(shipped, parameters, enough)


@pytest.mark.parametrize("damage", ["beyond", "added beyond", "negative", "none", "no JSON"])
def test_tokens_without_a_row_of_the_embedding(model_copy: Path, damage: str) -> None:
    path = model_copy / "tokenizer.json"
    data = json.loads(path.read_text())
    if damage == "beyond":
        data["model"]["vocab"]["new"] = 4096
    if damage == "added beyond":
        data["added_tokens"].append({"id": 9999, "content": "x"})
    if damage == "negative":
        data["model"]["vocab"]["new"] = -1
    if damage == "none":
        data["model"]["vocab"] = 7
        data["added_tokens"] = "x"
    path.write_text("[" if damage == "no JSON" else json.dumps(data))
    assert "tokenizer.json" in implausible(model_copy, 5_000_000, weights(model_copy))


def test_a_manifest_of_such_a_folder_is_refused(model_copy: Path) -> None:
    record = json.loads((model_copy / "manifest.json").read_text())
    record["parameters"] = 7_000_000_000
    (model_copy / "manifest.json").write_text(json.dumps(record))
    with pytest.raises(ModelError, match="are not 7,000,000,000 parameters"):
        manifest.check(model_copy)
