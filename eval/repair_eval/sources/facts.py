"""What is known of a configuration's model before it runs: engine, size, hash; or why it cannot."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from repair_eval.configs import Gold, Hybrid, NoOp, Sampling, Search, Spec
from repair_eval.record import SourceKind
from repair_eval.sources.endpoint import Endpoint
from repair_eval.sources.prompting import load_prompting
from repairlsp.errors import ModelError
from repairlsp.models import manifest
from repairlsp.models.catalog import resolve


class Facts(NamedTuple):
    """The fields of `record.Configuration` that come from the source. `model_hash` is a SHA-256:
    of a folder's manifest or of its files, or of a GGUF; empty where the model is elsewhere."""

    kind: SourceKind
    engine: str = ""
    model: str = ""
    model_hash: str = ""
    model_bytes: int | None = None


def facts(spec: Spec) -> Facts:
    """Look the model up. Raises ModelError, UsageError where it cannot be had, and says what to do:
    a run had better not begin."""
    match spec:
        case NoOp() | Gold():
            return Facts("control")
        case Search(model=""):
            return Facts("search", "repairlsp")
        case Search():
            folder = resolve(spec.model)
            files = manifest.read(folder).files.values()
            digest = _digest([folder / manifest.FILE_NAME])
            size = sum(file.size for file in files)
            return Facts("search", "repairlsp", spec.model, digest, size)
        case Sampling():
            load_prompting(spec.prompt)
            return _of_model(spec)
        case Hybrid():
            return _both(facts(spec.first), facts(spec.then))


def _of_model(spec: Sampling) -> Facts:
    kind: SourceKind = "search" if spec.verify else "sampling"
    if spec.runtime == "endpoint":
        Endpoint(spec).probe()
        return Facts(kind, "openai", spec.model)
    path = Path(spec.model).expanduser()
    if spec.runtime == "gguf":
        if find_spec("llama_cpp") is None:
            raise ModelError("llama-cpp-python is not installed", "pip install 'repairlsp[gguf]'")
        if not path.is_file():
            raise ModelError(f"there is no model file {path}", "download it, or name another")
        return Facts(kind, "llama-cpp", path.name, _digest([path]), path.stat().st_size)
    if not (path / "genai_config.json").is_file():
        raise ModelError(
            f"{path} is no model folder: it has no genai_config.json",
            "build one with `python -m onnxruntime_genai.models.builder`, or name another",
        )
    files = sorted(file for file in path.rglob("*") if file.is_file())
    size = sum(file.stat().st_size for file in files)
    return Facts(kind, "onnxruntime-genai", path.name, _digest(files), size)


def _both(first: Facts, then: Facts) -> Facts:
    # One that is elsewhere has no size, and then their sum has none.
    known = None not in (first.model_bytes, then.model_bytes)
    return Facts(
        kind="search",
        engine=f"{first.engine}+{then.engine}",
        model=" + ".join(name for name in (first.model, then.model) if name),
        model_hash="+".join(digest for digest in (first.model_hash, then.model_hash) if digest),
        model_bytes=(first.model_bytes or 0) + (then.model_bytes or 0) if known else None,
    )


def _digest(files: Iterable[Path]) -> str:
    total = hashlib.sha256()
    for path in files:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256")
        total.update(digest.digest())
    return total.hexdigest()
