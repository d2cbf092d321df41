"""The files of a folder as a mapping from POSIX paths to bytes, and back."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

LEFT_BEHIND = frozenset(
    {"__pycache__", ".pytest_cache", ".mypy_cache", ".ruff_cache", "node_modules", "target", ".git"}
)
"""What running tests in place leaves behind; never part of a defect."""


def read_files(folder: Path, problems: list[str], *, optional: bool = False) -> Mapping[str, bytes]:
    """All regular files below `folder`, in order of their paths. Links are noted as problems: what
    they point to is not part of the defect."""
    if not folder.is_dir():
        if not optional:
            problems.append(f"{folder}: the folder is missing")
        return {}
    files = {}
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in LEFT_BEHIND)
        for name in sorted(names):
            path = Path(place, name)
            if path.is_symlink() or not path.is_file():
                problems.append(f"{path}: not a regular file")
            else:
                files[path.relative_to(folder).as_posix()] = path.read_bytes()
    return dict(sorted(files.items()))


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the files below `folder`, with the folders that they need."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
