"""`--apply`: the verified patch into the project's files, if they are still what was tested; and
what a killed `--apply` left, put right at the next start."""

from __future__ import annotations

import hashlib
from pathlib import Path

from repairlsp.cli.messages import complain
from repairlsp.errors import PatchError
from repairlsp.patches import Policy, apply, recover
from repairlsp.types import Patch


def apply_patch(project: Path, patch: Patch) -> None:
    """Write the patch, unless one of its files is not what the patch was made for.

    The proof holds for the bytes that were tested, so they are what is compared: not times, which
    a clock that was set makes meaningless. Raises PatchError; then no file has been written.
    """
    if refusal := Policy(project).check(patch.edits):
        raise refusal  # asked again: the file may have become a link since it was screened
    expected = {}
    for path in sorted({edit.path for edit in patch.edits}):
        try:
            expected[path] = (project / path).read_bytes()
        except OSError as error:
            raise PatchError(f"{path} cannot be read any more ({error.strerror})") from error
        if hashlib.sha256(expected[path]).hexdigest() != patch.sha256.get(path):
            raise PatchError(
                f"{path} was changed while the fix was being searched, so it is not applied",
                "run it again on the file as it is now",
            )
    apply(project, patch.edits, expected)


def put_right() -> None:
    """Undo a patch that a killed `--apply` left half-written, and say so."""
    try:
        for found in recover():
            complain(found.message, found.outcome)
    except (PatchError, OSError) as error:
        complain(f"warning: a half-written patch could not be taken back: {error}")
