"""What a result was measured with, and on."""

from __future__ import annotations

import os
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path

from synthetic.packages import HERE

LIBRARIES = ("onnxruntime", "onnxruntime-genai", "pytest", "coverage")


def commit() -> str:
    """repairlsp's version and the commit of this checkout."""

    def git(*words: str) -> str:
        done = subprocess.run(
            ["git", *words], cwd=HERE, capture_output=True, text=True, check=False
        )
        return done.stdout.strip()

    changed = git("status", "--porcelain", "--untracked-files=no", "--", "../../repairlsp")
    short = git("rev-parse", "--short", "HEAD") or "no commit"
    return f"{version('repairlsp')} ({short}{' and changes' * bool(changed)})"


def machine() -> dict[str, object]:
    """Processor, memory, system, Python, and the libraries that matter."""
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    return {
        "system": f"{platform.system()} {platform.machine()}",
        "cpu": _cpu(),
        "cores": os.cpu_count(),
        "memory_gib": round(pages * size / 2**30, 1),
        "python": platform.python_version(),
        "libraries": {name: version(name) for name in LIBRARIES},
    }


def _cpu() -> str:
    listing = Path("/proc/cpuinfo")
    if listing.is_file():
        for line in listing.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "unknown"
