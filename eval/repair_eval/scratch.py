"""One temporary folder for all that a command and its workers make: what a kill leaves of it, the
next command removes."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from repairlsp.validate.abandoned import hold, remove_abandoned

_PREFIX = "repair-eval-"


@contextmanager
def scratch() -> Iterator[Path]:
    """Within the block all temporary files are made in this folder, those of processes that are
    started in it too."""
    remove_abandoned(_PREFIX)
    before = os.environ.get("TMPDIR"), tempfile.tempdir
    with tempfile.TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True) as name:
        lock = hold(Path(name))
        os.environ["TMPDIR"] = tempfile.tempdir = name
        try:
            yield Path(name)
        finally:
            variable, tempfile.tempdir = before
            if variable is None:
                del os.environ["TMPDIR"]
            else:
                os.environ["TMPDIR"] = variable
            os.close(lock)
