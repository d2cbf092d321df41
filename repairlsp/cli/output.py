"""Where a result goes: standard output, or a file that is either complete or not there."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from pathlib import Path
from typing import Final

_SUMMARY_BYTES: Final = 1 << 20


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


def append_job_summary(markdown: str) -> None:
    """Add a page to the summary of the GitHub job that this is a step of, if it is one.

    GitHub takes no summary of more than 1 MiB from a step: what is longer is cut. Raises OSError.
    """
    place = os.environ.get("GITHUB_STEP_SUMMARY")
    if not place:
        return
    data = markdown.encode("utf-8", "backslashreplace")
    if len(data) > _SUMMARY_BYTES:
        cut = "\n\n(cut: GitHub takes 1 MiB)\n"
        data = data[: _SUMMARY_BYTES - len(cut)].decode("utf-8", "ignore").encode() + cut.encode()
    with Path(place).open("ab") as stream:
        stream.write(data)


def _mode(target: Path) -> int:
    """The permissions that the file has or, if it is new, that `open` would give it."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
