"""Where models are pulled from: a folder on a server, a repository on the hub, or a name for one.

Names come from catalogues, TOML files like this; the user's own one wins over the one that ships:

    schema_version = 1
    [models.phi-mini]
    source = "hf:owner/repository@revision"     # or "https://host/folder/"
    manifest_sha256 = "..."                     # pins every file: the manifest lists their hashes
"""

from __future__ import annotations

import ipaddress
import os
import re
import tomllib
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

import platformdirs

from repairlsp.errors import ModelError

SHIPPED = Path(__file__).parent / "catalogue.toml"
SCHEMA_VERSION = 1
_HUB = "https://huggingface.co"
_REPOSITORY = re.compile(r"hf:(?P<id>\w[\w.-]*/\w[\w.-]*)(?:@(?P<revision>\w[\w./-]*))?", re.ASCII)
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


class Source(NamedTuple):
    """A model folder elsewhere: its files are at `url` + their names.

    `manifest_sha256`, lower-case hexadecimal, pins it; "" trusts the server, over https.
    """

    name: str
    url: str
    manifest_sha256: str = ""


def find(model: str, *, name: str = "", manifest_sha256: str = "") -> Source:
    """The source that a user means: a name of a catalogue, `hf:OWNER/NAME[@REVISION]` or a URL.

    `name` is what the model will be called here; the last part of the source where it is empty.
    `HF_ENDPOINT` says where the hub is. Raises ModelError.
    """
    pin = manifest_sha256.lower()
    if pin and not _SHA256.fullmatch(pin):
        raise ModelError("--sha256 takes the 64 hexadecimal digits of the manifest's SHA-256")
    if ":" not in model:
        entry = _entry(model)
        model, name, pin = entry.url, name or entry.name, pin or entry.manifest_sha256
    url = _folder_url(model, pinned=bool(pin))
    called = name or (_REPOSITORY.sub(r"\g<id>", model).rstrip("/").rpartition("/")[2])
    if not _NAME.fullmatch(called) or called == "embedded":
        raise ModelError(
            f"{called!r} cannot be a model's name", "Choose one with --as: letters, digits, . _ -"
        )
    return Source(called, url, pin)


def catalogue() -> dict[str, Source]:
    """Every name that can be pulled; `url` is the source as it is written there."""
    mine = platformdirs.user_config_path("repairlsp") / "models.toml"
    return load(SHIPPED) | (load(mine) if mine.is_file() else {})


def load(path: Path) -> dict[str, Source]:
    """The entries of one catalogue file. Raises ModelError where it is not as it should be."""
    try:
        data: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise ModelError(f"the catalogue {path} cannot be read: {error}") from error
    if data.get("schema_version") != SCHEMA_VERSION:
        raise ModelError(f"the catalogue {path} is not of schema version {SCHEMA_VERSION}")
    models = data.get("models", {})
    if not isinstance(models, dict):
        raise ModelError(f"the catalogue {path}: `models` is not a table")
    found = {}
    for name, entry in models.items():
        match entry:
            case {"source": str(source), "manifest_sha256": str(digest)}:
                pass
            case _:
                raise ModelError(f"the catalogue {path}: {name} lacks source or manifest_sha256")
        if not _NAME.fullmatch(name) or name == "embedded" or not _SHA256.fullmatch(digest):
            raise ModelError(f"the catalogue {path}: {name} has a bad name or manifest_sha256")
        _folder_url(source, pinned=True)
        found[name] = Source(name, source, digest)
    return found


def _entry(name: str) -> Source:
    known = catalogue()
    if name not in known:
        names = ", ".join(sorted(known)) or "none yet"
        raise ModelError(
            f"no model {name!r} is known to pull",
            f"Known: {names}. Or give hf:OWNER/NAME or an https:// folder.",
        )
    return known[name]


def _folder_url(source: str, *, pinned: bool) -> str:
    """The URL that file names are put behind."""
    if found := _REPOSITORY.fullmatch(source):
        endpoint = os.environ.get("HF_ENDPOINT", "").rstrip("/") or _HUB
        revision = quote(found["revision"] or "main", safe="")
        return _checked(f"{endpoint}/{found['id']}/resolve/{revision}/", pinned=pinned)
    return _checked(source.rstrip("/") + "/", pinned=pinned)


def _checked(url: str, *, pinned: bool) -> str:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise ModelError(f"{url!r} is not a URL: {error}") from error
    if parts.scheme not in ("http", "https") or not host or not url.isascii() or " " in url:
        raise ModelError(
            f"{url!r} is no place to pull a model from", "Give hf:OWNER/NAME or an https:// folder."
        )
    if parts.query or parts.fragment or parts.username or parts.password:
        raise ModelError(f"{host}: a folder's URL has no query, no fragment and no password")
    if parts.scheme == "http" and not pinned and not _is_loopback(host):
        raise ModelError(
            f"{url} is not encrypted, so anybody on the way could change the model",
            "Use https, or pin the manifest with --sha256.",
        )
    return url


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
