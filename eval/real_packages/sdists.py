"""Source releases: fetched once by pip, checked against their hash, unpacked, broken."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from real_packages.cases import Package


class SdistError(Exception):
    """A release could not be had, is not the pinned one, or does not take a diff."""


def fetch(package: Package, cache: Path) -> Path:
    """The package's source release in `cache`, downloaded first where it is not there yet.

    pip finds it, from whichever index this machine's pip is set up for. Raises SdistError.
    """
    cache.mkdir(parents=True, exist_ok=True)
    kept = cache / f"{package.sha256}.tar.gz"
    if kept.is_file() and _sha256(kept) == package.sha256:
        return kept
    with tempfile.TemporaryDirectory(dir=cache) as folder:
        got = _download(package, Path(folder))
        if (digest := _sha256(got)) != package.sha256:
            raise SdistError(f"{got.name}: sha256 is {digest}, expected {package.sha256}")
        got.replace(kept)
    return kept


def _download(package: Package, folder: Path) -> Path:
    # The requirement carries the hash, so pip refuses another file before it prepares metadata
    # with the release's own build backend. `--no-binary` names this package only: with `:all:`
    # pip would also build the backends (setuptools, hatchling) from source, ten times slower.
    pinned = folder / "requirements.txt"
    pinned.write_text(f"{package.name}=={package.version} --hash=sha256:{package.sha256}\n")
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "--quiet"]
    command += ["--no-deps", "--no-binary", package.name, "--dest", str(folder)]
    done = subprocess.run(
        [*command, "--requirement", str(pinned)], capture_output=True, text=True, check=False
    )
    releases = sorted(folder.glob("*.tar.gz"))
    if done.returncode != 0 or len(releases) != 1:
        errors = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
        said = "\n".join(errors) or done.stderr.strip() or f"{len(releases)} files"
        raise SdistError(f"pip cannot download {package.name} {package.version}: {said}")
    return releases[0]


def unpack(sdist: Path, folder: Path) -> Path:
    """The release's top folder, unpacked into the new folder `folder`. Raises SdistError."""
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    tops = list(folder.iterdir())
    if len(tops) != 1 or not tops[0].is_dir():
        raise SdistError(f"{sdist.name}: expected one top folder, found {len(tops)} entries")
    return tops[0]


def apply(diff: str, project: Path) -> None:
    """Apply a unified diff to the project, all of it or nothing. Raises SdistError."""
    # Inside somebody's repository `git apply` would silently skip files outside its index's root.
    environment = {**os.environ, "GIT_CEILING_DIRECTORIES": str(project.parent)}
    command = ["git", "apply", "--whitespace=nowarn", "-"]
    done = subprocess.run(
        command, input=diff.encode(), cwd=project, env=environment, capture_output=True, check=False
    )
    if done.returncode != 0:
        raise SdistError(f"the diff does not apply: {done.stderr.decode().strip()}")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
