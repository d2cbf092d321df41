"""Which programs are here, in which version, and where a sandbox must let them read."""

from __future__ import annotations

import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

_VERSION = re.compile(r"\d+(\.\d+)*")


@cache
def version(program: str) -> tuple[int, ...] | None:
    """The version that `PROGRAM --version` prints; None where the program is not here or does not
    work."""
    if shutil.which(program) is None:
        return None
    try:
        done = subprocess.run(
            [program, "--version"], capture_output=True, text=True, timeout=60, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = _VERSION.search(done.stdout or done.stderr)
    return tuple(map(int, found[0].split("."))) if found and done.returncode == 0 else None


def lacking(program: str, least: tuple[int, ...] = ()) -> str | None:
    """Why a program of at least that version cannot be had, in a few words; None when it can."""
    have = version(program)
    if have is None:
        return f"no {program}"
    if have < least:
        return f"{program} is {_text(have)}, not {_text(least)} or later"
    return None


def readable(*programs: str) -> list[Path]:
    """The folders that the programs are installed in, beyond what every sandbox lets read."""
    folders = []
    for program in programs:
        found = shutil.which(program)
        if found is not None:
            # /opt/node/bin/node needs /opt/node; what lies in /usr is there anyway.
            folders += [Path(found).parent, Path(found).resolve().parents[1]]
    return [folder for folder in dict.fromkeys(folders) if folder != Path("/")]


def _text(numbers: tuple[int, ...]) -> str:
    return ".".join(map(str, numbers))
