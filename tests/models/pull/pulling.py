"""Pulling a model from the server of the tests, and what lies in the user's folder then."""

from __future__ import annotations

import hashlib
from pathlib import Path

from repairlsp.models import catalog, manifest, sources
from repairlsp.models.pull import Pulled, pull
from tests.models.pull.server import Server

NO_PAUSES = (0.0,) * 3


def fetched(server: Server, **more: object) -> Pulled:
    return pull(sources.find(f"{server.url}/m"), pauses=NO_PAUSES, **more)  # type: ignore[arg-type]


def state(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def models() -> list[str]:
    folder = catalog.pulled_models()
    return [each.name for each in folder.iterdir() if each.name != ".pulling"]


def leftovers() -> list[str]:
    work = catalog.pulled_models() / ".pulling"
    return [path.name for path in work.rglob("*") if path.is_file() and path.name != "lock"]


def another(folder: Path) -> None:
    """Make the served model another good one."""
    old = manifest.read(folder)
    (folder / "README.md").write_text("another\n")
    values = {n: getattr(old, n) for n in old.__dataclass_fields__ if n != "files"}
    manifest.write(folder, **values | {"name": "another"})
