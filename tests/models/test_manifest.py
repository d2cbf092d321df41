"""A model folder is refused for everything that its manifest does not vouch for (check 25)."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from repairlsp.errors import ModelError
from repairlsp.models import manifest


def test_the_shipped_folder_passes(shipped: Path) -> None:
    checked = manifest.check(shipped, allow_hard_links=True)
    assert checked.architecture == "Phi3ForCausalLM"
    assert checked.precision == "int8"
    assert 5_000_000 <= checked.parameters <= 15_000_000
    assert {file.name for file in shipped.iterdir()} == {*checked.files, "manifest.json"}


def test_what_write_writes_check_accepts(model_copy: Path) -> None:
    before = manifest.check(model_copy)
    (model_copy / "README.md").write_text("# A model card\n")
    after = manifest.write(
        model_copy,
        name="another",
        architecture=before.architecture,
        prompt_family=before.prompt_family,
        parameters=before.parameters,
        precision=before.precision,
        license=before.license,
    )
    assert after.name == "another"
    assert after.files["README.md"].size == len("# A model card\n")
    assert manifest.check(model_copy) == after


def edit_json(path: Path, change: Callable[[dict], None]) -> None:  # type: ignore[type-arg]
    record = json.loads(path.read_text())
    change(record)
    path.write_text(json.dumps(record))


def rewrite(folder: Path) -> None:
    """Make the manifest agree with whatever the files are now."""
    old = manifest.read(folder)
    values = {
        name: getattr(old, name) for name in old.__dataclass_fields__ if name not in ("files",)
    }
    manifest.write(folder, **values)


def flip_a_byte(folder: Path) -> None:
    path = folder / "model.onnx"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def grow(folder: Path) -> None:
    with (folder / "tokenizer.json").open("a") as file:
        file.write("\n")


def link(folder: Path) -> None:
    path = folder / "tokenizer.json"
    path.rename(folder.parent / "elsewhere")
    path.symlink_to(folder.parent / "elsewhere")


def hard_link(folder: Path) -> None:
    os.link(folder / "tokenizer.json", folder.parent / "second-name")


def pipe(folder: Path) -> None:
    (folder / "tokenizer.json").unlink()
    os.mkfifo(folder / "tokenizer.json")


def listed_as(name: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        edit_json(
            folder / "manifest.json",
            lambda record: record["files"].update({name: {"size": 0, "sha256": "0" * 64}}),
        )

    return change


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (lambda folder: (folder / "tokenizer.json").unlink(), "tokenizer.json is missing"),
        (lambda folder: (folder / "evil.so").touch(), "evil.so is not in its manifest"),
        (lambda folder: (folder / "more").mkdir(), "more is not in its manifest"),
        (lambda folder: (folder / "dangling").symlink_to("nowhere"), "dangling is not in"),
        (flip_a_byte, "model.onnx is not what its SHA-256 says"),
        (grow, "tokenizer.json has"),
        (link, "tokenizer.json is a link"),
        (hard_link, "tokenizer.json is a hard link"),
        (pipe, "tokenizer.json is not a regular file"),
        (listed_as("../outside"), "'../outside', which is not a plain file name"),
        (listed_as("a\\b"), "not a plain file name"),
        (listed_as(".."), "not a plain file name"),
        (listed_as("manifest.json"), "not a plain file name"),
        (lambda folder: (folder / "manifest.json").unlink(), "has no manifest.json"),
        (lambda folder: (folder / "manifest.json").write_text("{"), "cannot be read"),
        (lambda folder: (folder / "manifest.json").write_text("[]"), "schema version"),
        (
            lambda folder: edit_json(folder / "manifest.json", lambda record: record.pop("name")),
            "lacks 'name'",
        ),
        (
            lambda folder: edit_json(
                folder / "manifest.json",
                lambda record: record["files"].update({"model.onnx": "0" * 64}),
            ),
            "lacks the size or the sha256 of model.onnx",
        ),
    ],
)
def test_damage_is_refused(model_copy: Path, damage: Callable[[Path], object], reason: str) -> None:
    damage(model_copy)
    with pytest.raises(ModelError) as refusal:
        manifest.check(model_copy)
    assert reason in str(refusal.value)
    assert refusal.value.hint


def decoder(record: dict) -> dict:  # type: ignore[type-arg]
    options: dict = record["model"]["decoder"]  # type: ignore[type-arg]
    return options


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (
            lambda record: decoder(record)["session_options"].update(
                {"custom_ops_library": "evil.so"}
            ),
            "names a library (custom_ops_library)",
        ),
        (
            lambda record: decoder(record).update({"filename": "../model.onnx"}),
            "filename is a path",
        ),
        (lambda record: decoder(record).update({"filename": "other.onnx"}), "not in the manifest"),
        (
            lambda record: decoder(record)["session_options"].update(
                {"provider_options": [{"openvino": {"cache_dir": "/tmp/x"}}]}
            ),
            "cache_dir is a path",
        ),
    ],
)
def test_a_config_that_leads_outside_is_refused_though_its_hash_is_right(
    model_copy: Path,
    change: Callable[[dict], None],  # type: ignore[type-arg]
    reason: str,
) -> None:
    edit_json(model_copy / "genai_config.json", change)
    with pytest.raises(ModelError) as refusal:
        rewrite(model_copy)
    assert reason in str(refusal.value)


def test_a_graph_that_reads_another_file_is_refused_though_its_hash_is_right(
    model_copy: Path,
) -> None:
    entry = b"\x0a\x08location\x12\x09../secret"  # key and value of an external_data entry
    held = b"\x6a" + bytes([len(entry)]) + entry  # TensorProto.external_data
    initializer = b"\x2a" + bytes([len(held)]) + held  # GraphProto.initializer
    with (model_copy / "model.onnx").open("ab") as file:  # a message appended is merged in
        file.write(b"\x3a" + bytes([len(initializer)]) + initializer)
    with pytest.raises(ModelError, match=r"reads its data from '\.\./secret'"):
        rewrite(model_copy)


def test_a_file_that_is_no_graph_is_refused(model_copy: Path) -> None:
    (model_copy / "more.onnx").touch()
    with pytest.raises(ModelError, match=r"more\.onnx is not an ONNX file: it is empty"):
        rewrite(model_copy)


def test_hard_links_are_accepted_where_an_installer_wrote_the_folder(model_copy: Path) -> None:
    hard_link(model_copy)
    assert manifest.check(model_copy, allow_hard_links=True).files


def test_no_folder_is_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="does not exist"):
        manifest.check(tmp_path / "nowhere")
