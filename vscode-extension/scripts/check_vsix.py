"""Check that a .vsix holds what it should, and nothing of the machine that it was made on.

Usage: check_vsix.py FILE.vsix [TARGET]
"""

from __future__ import annotations

import io
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from bundle_server import REPOSITORY, TARGETS
from pip._vendor.packaging.utils import parse_wheel_filename

MODEL = tuple(
    f"repairlsp/models/embedded/{name}"
    for name in ("manifest.json", "model.onnx", "model.onnx.data", "tokenizer.json")
)

REGISTRY = re.compile(
    rb"https?://[^\s\"'<>()]*(?:/simple\b|registry\.|/npm/|/pypi/)", re.IGNORECASE
)


def main(file: str, target: str = "") -> None:
    """Exit with a message about each thing that is wrong."""
    with zipfile.ZipFile(file) as vsix:
        problems = list(check(vsix, target, _places_of_this_machine()))
    if problems:
        sys.exit("\n".join(f"{file}: {problem}" for problem in problems))
    print(f"{file}: as it should be")


def check(vsix: zipfile.ZipFile, target: str, places: tuple[bytes, ...]) -> Iterator[str]:
    """What is wrong with a package, in words. `places` are paths that must not be in it."""
    wheels = [name for name in vsix.namelist() if name.endswith(".whl")]
    ours = [name for name in wheels if PurePosixPath(name).name.startswith("repairlsp-")]
    if len(ours) != 1:
        yield f"{len(ours)} wheels of the server instead of one"
        return
    yield from _wrong_wheels([PurePosixPath(name).name for name in wheels], target)
    manifest = vsix.read("extension.vsixmanifest").decode("utf-8")
    if (f'TargetPlatform="{target}"' in manifest) != bool(target):
        yield f"its manifest does not say that it is for {target or 'all platforms'}"
    with zipfile.ZipFile(io.BytesIO(vsix.read(ours[0]))) as server:
        missing = [name for name in MODEL if name not in server.namelist()]
        yield from (f"the server has no {name}" for name in missing)
        yield from _traces(server, places)
    yield from _traces(vsix, places)


def _wrong_wheels(wheels: list[str], target: str) -> Iterator[str]:
    """Those that are for another platform, or needless in a package for all."""
    if not target:
        yield from (f"{name} is not for all platforms" for name in wheels if "-any" not in name)
        return
    for name in wheels:
        platforms = {tag.platform for tag in parse_wheel_filename(name)[3]}
        if not any(each == "any" or TARGETS[target].runs(each) for each in platforms):
            yield f"{name} is not for {target}"
    if not any("-any" not in name for name in wheels):
        yield "the server's dependencies are missing"


def _traces(archive: zipfile.ZipFile, places: tuple[bytes, ...]) -> Iterator[str]:
    """Paths and registries of the machine that it was made on."""
    for name in archive.namelist():
        if name.endswith((".whl", ".png", ".onnx.data")):
            continue  # of the wheels, the server's own is looked into: the others are downloads
        content = archive.read(name)
        yield from (f"{name} names {place.decode()}" for place in places if place in content)
        for found in REGISTRY.findall(content):
            yield f"{name} has the address {found.decode(errors='replace')}"


def _places_of_this_machine() -> tuple[bytes, ...]:
    home = Path.home()
    # A home right below the root, as `/root`, is the same on many machines: it says nothing.
    folders = [REPOSITORY, *([home] if len(home.parts) > 2 else [])]
    return tuple(str(folder).encode() for folder in folders)


if __name__ == "__main__":
    main(*sys.argv[1:])
