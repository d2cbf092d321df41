"""Fuzzing: manifests, catalogues, model configurations and graphs that are not what they should be
are refused with our own error, never anything else (check 25)."""

from __future__ import annotations

import contextlib
import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from hypothesis import strategies as st

from repairlsp.errors import ModelError
from repairlsp.models import catalog, external_data, manifest, shape, sources
from tests.fuzz.fuzzing import fuzz
from tests.fuzz.mutations import damaged_bytes

MANIFEST = (catalog.EMBEDDED / "manifest.json").read_bytes()
CONFIG = (catalog.EMBEDDED / "genai_config.json").read_bytes()
GRAPH = (catalog.EMBEDDED / "model.onnx").read_bytes()
CATALOGUE = (
    'schema_version = 1\n[models.phi-mini]\nsource = "hf:owner/repository@main"\n'
    f'manifest_sha256 = "{"0" * 64}"\n[models.other]\nsource = "https://host/folder/"\n'
    f'manifest_sha256 = "{"1" * 64}"\n'
).encode()
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
)


@contextlib.contextmanager
def folder_with(name: str, data: bytes) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as made:
        Path(made, name).write_bytes(data)
        yield Path(made)


def read_manifest(data: bytes) -> None:
    with folder_with("manifest.json", data) as folder:
        try:
            found = manifest.read(folder)
        except ModelError:
            return
    for name, file in found.files.items():
        assert Path("/models", name).resolve().parent == Path("/models")
        assert file.size >= 0
        assert len(file.sha256) == 64


@fuzz(
    damaged_bytes(MANIFEST),
    examples=150,
    found=[(b"[" * 100_000,), (b'{"schema_version": 1e999}',), (b"\xff\xfe{}",)],
)
def test_damaged_manifests(data: bytes) -> None:
    read_manifest(data)


@fuzz(st.sampled_from(sorted(json.loads(MANIFEST))), JSON, st.text(max_size=12), JSON, examples=150)
def test_odd_manifests(key: str, value: object, name: str, entry: object) -> None:
    record = json.loads(MANIFEST)
    record["files"][name] = entry
    record[key] = value
    read_manifest(json.dumps(record).encode())


@fuzz(damaged_bytes(CATALOGUE), examples=150)
def test_damaged_catalogues(data: bytes) -> None:
    with folder_with("models.toml", data) as folder:
        try:
            found = sources.load(folder / "models.toml")
        except ModelError:
            return
    for name in found:
        assert Path("/models", name).resolve().parent == Path("/models")
        assert name != "embedded"


@fuzz(
    st.one_of(st.text(max_size=40), st.from_regex(r"(hf|https?):[!-~é]{0,40}")),
    examples=300,
    found=[("https://[::1",), ("https://host:99999/m",), ("hf:a/..",)],
)
def test_any_source(source: str) -> None:
    try:
        found = sources.find(source)
    except ModelError:
        return
    assert found.url.startswith(("https://", "http://"))
    assert Path("/models", found.name).resolve().parent == Path("/models")


@fuzz(damaged_bytes(CONFIG), examples=60)
def test_damaged_configurations(data: bytes) -> None:
    with folder_with("genai_config.json", data) as folder:
        shutil.copy(catalog.EMBEDDED / "tokenizer.json", folder)
        assert isinstance(shape.implausible(folder, 5_000_000, 6_000_000), str)
        with contextlib.suppress(ModelError):
            manifest._check_config(folder, {"model.onnx"})


@fuzz(JSON, JSON, examples=60)
def test_odd_tokenizers(vocabulary: object, added: object) -> None:
    data = json.dumps({"model": {"vocab": vocabulary}, "added_tokens": added}).encode()
    with folder_with("tokenizer.json", data) as folder:
        (folder / "genai_config.json").write_bytes(CONFIG)
        assert isinstance(shape.implausible(folder, 5_000_000, 6_000_000), str)


@fuzz(st.one_of(damaged_bytes(GRAPH[:3_000]), st.binary(max_size=100)), examples=150)
def test_damaged_graphs(data: bytes) -> None:
    with contextlib.suppress(ValueError):
        external_data.locations(data)
