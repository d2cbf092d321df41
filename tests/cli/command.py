"""The real command, as a process of its own, and what a project looks like to it."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

REPAIRLSP = (sys.executable, "-m", "repairlsp")


def repairlsp(
    *args: str | Path,
    cwd: Path | None = None,
    temporary: Path | None = None,
    seconds: float = 600.0,
    **variables: str,
) -> subprocess.CompletedProcess[str]:
    """Run `repairlsp ARGS` to its end, its output captured, its temporary files in `temporary`."""
    if temporary is not None:
        variables["TMPDIR"] = str(temporary)
    return subprocess.run(
        [*REPAIRLSP, *map(str, args)],
        cwd=cwd,
        env=environment(**variables),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )


def complaints(done: subprocess.CompletedProcess[str]) -> str:
    """Standard error, but for the line that says that `auto` is less than bubblewrap here."""
    lines = done.stderr.splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith("repairlsp: sandbox: "))


def environment(**more: str) -> dict[str, str]:
    """Our environment without what would change how the command looks or what pytest does."""
    theirs = ("PYTEST_ADDOPTS", "PYTEST_CURRENT_TEST", "COV_", "NO_COLOR", "FORCE_COLOR")
    return {k: v for k, v in os.environ.items() if not k.startswith(theirs)} | more


def snapshot(folder: Path) -> dict[str, tuple[int, int, int, str]]:
    """All that can change in a folder: of each entry its mode, size, modification time and hash."""
    seen = {}
    for path in sorted([folder, *folder.rglob("*")]):
        stat = path.lstat()
        content = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
        seen[str(path.relative_to(folder))] = (
            stat.st_mode,
            stat.st_size,
            stat.st_mtime_ns,
            hashlib.sha256(content).hexdigest(),
        )
    return seen
