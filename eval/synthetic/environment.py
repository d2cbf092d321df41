"""Virtual environments with pinned packages, made once, outside of ours."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import platformdirs

CACHE = Path(platformdirs.user_cache_dir("repairlsp"))
"""Where releases, environments and half-done work are kept, unless told otherwise."""


class EnvironmentFailureError(Exception):
    """A virtual environment could not be made. The message holds what pip said."""


def environment(requirements: Path, cache: Path) -> Path:
    """A virtual environment of this Python with these requirements; made first where missing.

    Its folder's name holds a hash of both, so that another pin is another environment.
    Raises EnvironmentFailureError.
    """
    version = ".".join(map(str, sys.version_info[:3]))
    digest = hashlib.sha256(version.encode() + requirements.read_bytes()).hexdigest()[:12]
    folder = cache / "environments" / f"{requirements.stem}-{digest}"
    complete = folder / ".complete"
    if complete.is_file():
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    _run([sys.executable, "-m", "venv", str(folder)])
    pip = [str(python(folder)), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    _run([*pip, "--requirement", str(requirements)])
    complete.touch()
    return folder


def python(environment: Path) -> Path:
    """The environment's interpreter."""
    return environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def variables(environment: Path) -> dict[str, str]:
    """Our environment variables, as a shell has them in which `environment` is activated."""
    dropped = ("PYTHONPATH", "PYTHONHOME", "PYTEST_ADDOPTS")
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    path = [str(python(environment).parent), kept.get("PATH", os.defpath)]
    return {**kept, "VIRTUAL_ENV": str(environment), "PATH": os.pathsep.join(path)}


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise EnvironmentFailureError(f"{' '.join(command)}: {done.stderr.strip()[-800:]}")
