"""A model folder is code: check it against its manifest before anything loads it.

`manifest.json` lists every other file of the folder with its size and SHA-256. Refused are
missing, changed and unlisted files, folders, links, and every way in which a graph or a
`genai_config.json` can name something outside the folder.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import os
import re
import stat
from collections.abc import Container, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, NoReturn

from repairlsp.errors import ModelError
from repairlsp.models import external_data
from repairlsp.models.shape import implausible

FILE_NAME = "manifest.json"
SCHEMA_VERSION = 1
_REQUIRED = ("genai_config.json", "tokenizer.json")
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.+ -]{0,199}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_HINT = "Pull or build the model again, or choose another with --model."


class ManifestFile(NamedTuple):
    """Size in bytes and lower-case hexadecimal SHA-256 of a file."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a model folder says it is.

    `prompt_family` names the prompt template that the model was trained on; `parameters` counts
    weights before quantization; `precision` is of the weights, `int8` say; `license` is SPDX.
    """

    name: str
    architecture: str
    prompt_family: str
    parameters: int
    precision: str
    license: str
    files: Mapping[str, ManifestFile]


def check(folder: Path, *, allow_hard_links: bool = False) -> Manifest:
    """Read the folder's manifest and hold every file against it.

    `allow_hard_links` is for folders that a package installer wrote: some install by hard links
    into their cache. Raises ModelError, with the file's name, at the first thing that is wrong.
    """
    manifest = read(folder)
    present = {entry.name for entry in folder.iterdir()} - {FILE_NAME}
    for name in sorted(present - manifest.files.keys()):
        _refuse(folder, f"{name} is not in its manifest")
    for name, expected in manifest.files.items():
        _check_file(folder, name, expected, allow_hard_links=allow_hard_links)
    for name in _REQUIRED:
        if name not in manifest.files:
            _refuse(folder, f"{name} is missing")
    _check_config(folder, manifest.files.keys())
    weights = sum(file.size for name, file in manifest.files.items() if ".onnx" in name)
    if reason := implausible(folder, manifest.parameters, weights):
        _refuse(folder, reason)
    for name in manifest.files:
        if name.endswith(".onnx"):
            _check_graph(folder, name, manifest.files.keys())
    return manifest


def stamps(folder: Path) -> Mapping[str, tuple[int, ...]]:
    """What tells that the folder's files are still the same ones with the same bytes: of each its
    number, its size and the time of its last change, which nobody can set. For who reads the files
    once more after `check`: what the model runtime loads must be what was checked."""
    found = {}
    for path in folder.iterdir():
        status = path.lstat()
        found[path.name] = (status.st_dev, status.st_ino, status.st_size, status.st_ctime_ns)
    return found


def write(
    folder: Path,
    *,
    name: str,
    architecture: str,
    prompt_family: str,
    parameters: int,
    precision: str,
    license: str,
) -> Manifest:
    """Write the manifest of the files that lie in the folder now, and check it."""
    files = {}
    for path in sorted(folder.iterdir()):
        if path.name != FILE_NAME:
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            files[path.name] = ManifestFile(path.stat().st_size, digest)
    manifest = Manifest(
        name=name,
        architecture=architecture,
        prompt_family=prompt_family,
        parameters=parameters,
        precision=precision,
        license=license,
        files=files,
    )
    record = {"schema_version": SCHEMA_VERSION, **asdict(manifest)}
    record["files"] = {name: file._asdict() for name, file in files.items()}
    (folder / FILE_NAME).write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    return check(folder)


def read(folder: Path) -> Manifest:
    """The manifest as it stands, its types checked, the files not. Raises ModelError."""
    if not folder.is_dir():
        raise ModelError(f"the model folder {folder} does not exist", _HINT)
    try:
        record = json.loads((folder / FILE_NAME).read_text("utf-8"))
    except FileNotFoundError:
        raise ModelError(f"{folder} is no model folder: it has no {FILE_NAME}", _HINT) from None
    except (OSError, ValueError, RecursionError) as error:
        raise ModelError(f"{folder / FILE_NAME} cannot be read: {error}", _HINT) from error
    if not isinstance(record, dict) or record.get("schema_version") != SCHEMA_VERSION:
        _refuse(folder, f"its {FILE_NAME} is not of schema version {SCHEMA_VERSION}")
    values = {field.name: record.get(field.name) for field in fields(Manifest)}
    for key, value in values.items():
        wanted = {"parameters": int, "files": dict}.get(key, str)
        if not isinstance(value, wanted):
            _refuse(folder, f"its {FILE_NAME} lacks {key!r} ({wanted.__name__})")
    files = {}
    for name, entry in record["files"].items():
        if not _is_bare(name) or name == FILE_NAME:
            _refuse(folder, f"its {FILE_NAME} names {name!r}, which is not a plain file name")
        match entry:
            case {"size": int(size), "sha256": str(digest)} if size >= 0 and _SHA256.fullmatch(
                digest
            ):
                files[name] = ManifestFile(size, digest)
            case _:
                _refuse(folder, f"its {FILE_NAME} lacks the size or the sha256 of {name}")
    return Manifest(**(values | {"files": MappingProxyType(files)}))


def _check_file(folder: Path, name: str, expected: ManifestFile, *, allow_hard_links: bool) -> None:
    try:
        descriptor = os.open(folder / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        _refuse(folder, f"{name} is missing")
    except OSError as error:  # ELOOP: a symbolic link
        _refuse(folder, f"{name} is a link or cannot be read ({error.strerror})")
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            _refuse(folder, f"{name} is not a regular file")
        if status.st_nlink > 1 and not allow_hard_links:
            _refuse(folder, f"{name} is a hard link")
        if status.st_size != expected.size:
            _refuse(folder, f"{name} has {status.st_size} bytes, not {expected.size}")
        if hashlib.file_digest(file, "sha256").hexdigest() != expected.sha256:
            _refuse(folder, f"{name} is not what its SHA-256 says")


def _check_config(folder: Path, names: Container[str]) -> None:
    """No string of `genai_config.json` may lead out of the folder, and none may name a library."""
    try:
        config = json.loads((folder / "genai_config.json").read_text("utf-8"))
    except (ValueError, RecursionError) as error:
        _refuse(folder, f"genai_config.json is not JSON: {error}")
    for key, value in _strings(config):
        if "library" in key:
            _refuse(folder, f"genai_config.json names a library ({key}): code is never loaded")
        if "/" in value or "\\" in value or value == "..":
            _refuse(folder, f"genai_config.json: {key} is a path, {value!r}")
        if key in ("filename", "adapter_filename", "config_filename") and value not in names:
            _refuse(folder, f"genai_config.json: {key} {value!r} is not in the manifest")


def _check_graph(folder: Path, name: str, names: Container[str]) -> None:
    try:
        found = _external_locations(folder / name)
    except ValueError as error:
        _refuse(folder, f"{name} is not an ONNX file: {error}")
    for location in sorted(found):
        if location not in names:
            _refuse(folder, f"{name} reads its data from {location!r}, not in the manifest")


def _external_locations(path: Path) -> frozenset[str]:
    with path.open("rb") as file:
        if path.stat().st_size == 0:
            raise ValueError("it is empty")
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            return external_data.locations(data)


def _strings(value: object, key: str = "") -> Iterator[tuple[str, str]]:
    """Every (innermost key, string) in a JSON value; other leaves count as empty strings."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _strings(item, str(name))
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item, key)
    else:
        yield key, value if isinstance(value, str) else ""


def _is_bare(name: str) -> bool:
    return _NAME.fullmatch(name) is not None


def _refuse(folder: Path, reason: str) -> NoReturn:
    raise ModelError(f"the model folder {folder} is refused: {reason}", _HINT)
