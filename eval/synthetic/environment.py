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
    """A virtual environment cannot be made, or is not what it has to be; the message says why."""


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


def check_checkout(environment: Path, python: str = sys.executable) -> None:
    """Raises EnvironmentFailureError unless the processes that repair, which see no PYTHONPATH,
    import repairlsp from this checkout: else the results would be those of other code."""
    ask = "import repairlsp; print(repairlsp.__path__[0])"
    done = subprocess.run(
        [python, "-P", "-c", ask],
        env=variables(environment),
        capture_output=True,
        text=True,
        check=False,
    )
    own = Path(__file__).resolve().parents[2]
    if done.returncode != 0 or Path(done.stdout.strip()).resolve().parent != own:
        found = done.stdout.strip() or "nowhere"
        raise EnvironmentFailureError(
            f"{python} imports repairlsp from {found}, not from this checkout: "
            f"{python} -m pip install -e {own}"
        )


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise EnvironmentFailureError(f"{' '.join(command)}: {done.stderr.strip()[-800:]}")
