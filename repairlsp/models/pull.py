"""Pulling a model: fetched beside the others, checked as a whole, and only then put among them.

Nothing else in repairlsp downloads, and nothing calls this but `repairlsp model pull`.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from repairlsp.errors import ModelError
from repairlsp.models import catalog, manifest
from repairlsp.models.download import PAUSES, Observe, download, read_small
from repairlsp.models.sources import Source

_MANIFEST_BYTES = 1 << 20
_SPARE_BYTES = 64 << 20
"""Room on the disk that a download leaves to others."""

ObservePull = Callable[[str, int, int], None]
"""Told the file's name, how many bytes of it have come since last time, and its size."""


class Pulled(NamedTuple):
    """The folder, the SHA-256 of its manifest, and whether anything had to be fetched."""

    folder: Path
    manifest_sha256: str
    is_new: bool


def pull(
    source: Source,
    *,
    replace: bool = False,
    observe: ObservePull = lambda name, count, size: None,
    pauses: Sequence[float] = PAUSES,
) -> Pulled:
    """Bring the model into the user's data folder under `source.name`.

    An interrupted pull goes on where it stopped. A good model that is there under that name is
    only replaced when `replace` says so, by one that passed every check; whoever has the old one
    loaded keeps it. A second pull of the name waits for the first.

    Raises ModelError, nothing changed among the models.
    """
    if os.environ.get("HF_HUB_OFFLINE", "").upper() in ("1", "ON", "YES", "TRUE"):
        raise ModelError("HF_HUB_OFFLINE is set, so nothing is downloaded", "Unset it to pull.")
    target = catalog.pulled_models() / source.name
    with _turn(source.name) as work:
        _finish_replacing(target, work)
        data = read_small(source.url + manifest.FILE_NAME, limit=_MANIFEST_BYTES, pauses=pauses)
        digest = hashlib.sha256(data).hexdigest()
        if source.manifest_sha256 not in ("", digest):
            raise ModelError(
                f"{source.url}{manifest.FILE_NAME} is not the one that was asked for",
                f"Its SHA-256 is {digest}, not {source.manifest_sha256}.",
            )
        if _is_good(target):
            if (target / manifest.FILE_NAME).read_bytes() == data:
                return Pulled(target, digest, is_new=False)
            if not replace:
                raise ModelError(
                    f"there is another model named {source.name!r} already",
                    "Add --replace, or choose another name with --as.",
                )
        staged = _staged(work, data)
        wanted = manifest.read(staged)
        _check_room(staged, wanted)
        for name, file in wanted.files.items():
            part = work / f"{file.sha256}.part"
            if not (staged / name).exists():
                download(
                    source.url + quote(name),
                    part,
                    size=file.size,
                    sha256=file.sha256,
                    observe=_told(observe, name, file.size),
                    pauses=pauses,
                )
                part.rename(staged / name)
        manifest.check(staged)
        _land(staged, target, work)
        return Pulled(target, digest, is_new=True)


def _told(observe: ObservePull, name: str, size: int) -> Observe:
    return lambda count: observe(name, count, size)


@contextmanager
def _turn(name: str) -> Iterator[Path]:
    """The folder where the model of that name is put together, held by this process alone."""
    work = catalog.pulled_models() / ".pulling" / name
    work.mkdir(parents=True, exist_ok=True)
    lock = os.open(work / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield work
    finally:
        os.close(lock)


def _is_good(folder: Path) -> bool:
    try:
        manifest.check(folder)
    except (ModelError, OSError):
        return False
    return True


def _staged(work: Path, data: bytes) -> Path:
    """The unfinished folder of this manifest; one of another manifest is thrown away."""
    staged = work / "folder"
    listed = staged / manifest.FILE_NAME
    if not (listed.is_file() and listed.read_bytes() == data):
        shutil.rmtree(staged, ignore_errors=True)
        for part in work.glob("*.part"):
            part.unlink()
        staged.mkdir()
        listed.write_bytes(data)
    return staged


def _check_room(staged: Path, wanted: manifest.Manifest) -> None:
    here = sum(path.stat().st_size for path in (*staged.iterdir(), *staged.parent.glob("*.part")))
    needed = sum(file.size for file in wanted.files.values()) - here + _SPARE_BYTES
    free = shutil.disk_usage(staged).free
    if needed > free:
        raise ModelError(
            f"the model needs {needed / 1e6:,.0f} MB, and the disk has {free / 1e6:,.0f} MB left",
            f"Make room, or set XDG_DATA_HOME to a larger disk (now: {staged.parents[2]}).",
        )


def _land(staged: Path, target: Path, work: Path) -> None:
    """Put the finished folder in its place. Between the two renames a crash leaves `old`, which
    the next pull puts back."""
    for path in staged.iterdir():
        descriptor = os.open(path, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)
    if target.exists():
        target.rename(work / "old")
    staged.rename(target)
    shutil.rmtree(work / "old", ignore_errors=True)


def _finish_replacing(target: Path, work: Path) -> None:
    if (work / "old").exists():
        if target.exists():
            shutil.rmtree(work / "old")
        else:
            (work / "old").rename(target)
