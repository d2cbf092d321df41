"""What goes wrong with the temporary folder, said so that one can do something about it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from repairlsp.errors import BrokenEnvironmentError


@contextmanager
def in_temporary_folder(folder: Path) -> Iterator[None]:
    """What fails in the block fails because `folder` is full, read-only or gone.

    Raises BrokenEnvironmentError for every OSError.
    """
    try:
        yield
    except OSError as error:
        if not folder.exists():
            what = "was deleted while it was in use"
        else:
            what = f"cannot be written to: {error.strerror or error}"
        raise BrokenEnvironmentError(
            f"the temporary folder {folder} {what}",
            "nothing of yours was changed; make room there or set TMPDIR to another folder, "
            "and try again",
        ) from error
