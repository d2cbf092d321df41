"""Temporary folders that say whether somebody still works in them, so that those of killed
processes can be removed by the next one."""

from __future__ import annotations

import fcntl
import os
import tempfile
from pathlib import Path

from repairlsp.validate.kept import remove_tree

LOCK = ".repairlsp-workspace"


def hold(folder: Path) -> int:
    """Hold a lock that says the folder is in use: until the descriptor is closed, at the latest by
    the kernel when we are gone."""
    draft = folder / (LOCK + ".new")
    handle = os.open(draft, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    fcntl.flock(handle, fcntl.LOCK_EX)
    draft.rename(folder / LOCK)
    return handle


def remove_abandoned(prefix: str) -> None:
    """Remove our folders with this prefix in the temporary folder that nobody holds any more."""
    for lock in Path(tempfile.gettempdir()).glob(f"{prefix}*/{LOCK}"):
        try:
            if lock.parent.stat().st_uid != os.getuid():
                continue
            handle = os.open(lock, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
        except OSError:
            continue
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            remove_tree(lock.parent)
        except OSError:
            pass  # in use
        finally:
            os.close(handle)
