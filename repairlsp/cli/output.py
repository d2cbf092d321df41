"""Where a result goes: standard output, or a file that is either complete or not there."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from pathlib import Path


def write(data: bytes, path: Path | None) -> None:
    """Write to standard output, or to `path` in one step (a temporary file, then a rename).

    Raises OSError when the file cannot be written; what was at `path` is then still there.
    """
    if path is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        return
    if path.exists() and not path.is_file():  # /dev/stdout, a pipe: nothing to replace
        path.write_bytes(data)
        return
    target = path.resolve()  # a link is followed: it is the file behind it that is replaced
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(_mode(target))
        Path(name).replace(target)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            Path(name).unlink()
        raise


def _mode(target: Path) -> int:
    """The permissions that the file has or, if it is new, that `open` would give it."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
