"""The Neovims of this machine, and a script in one of them.

They are the `nvim` of the PATH, that of the extra `e2e`, and those that NEOVIM names (paths,
separated by colons).
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_FOUND = [
    shutil.which("nvim"),
    shutil.which("nvim", path=str(Path(sys.executable).parent)),
    *os.environ.get("NEOVIM", "").split(":"),
]
NEOVIMS = list(dict.fromkeys(filter(None, _FOUND)))


def version(neovim: str) -> tuple[int, int]:
    text = subprocess.run((neovim, "--version"), check=True, capture_output=True, text=True).stdout
    found = re.match(r"NVIM v(\d+)\.(\d+)", text)
    assert found, text
    return int(found[1]), int(found[2])


def run_script(
    neovim: str, script: Path, folder: Path, variables: Mapping[str, str]
) -> dict[str, Any]:
    """What the script writes as JSON to E2E_RESULT. `folder` holds the user's `home`."""
    result = folder / "result.json"
    scripts = Path(sys.executable).parent  # where `repairlsp` is installed
    environment = {
        "PATH": f"{scripts}:{os.environ['PATH']}",
        "HOME": str(folder / "home"),
        "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
        "E2E_RESULT": str(result),
        **variables,
    }
    command = (neovim, "--headless", "--clean", "-n", "-c", f"luafile {script}")
    subprocess.run(
        command, check=False, env=environment, capture_output=True, timeout=600, cwd=folder
    )
    seen: dict[str, Any] = json.loads(result.read_text())
    assert "problem" not in seen, seen
    return seen
