"""`--apply`: the verified patch into the project's files, if they are still what was tested; and
what a killed `--apply` left, put right at the next start."""

from __future__ import annotations

from pathlib import Path

from repairlsp.cli.messages import complain
from repairlsp.errors import PatchError
from repairlsp.patches import Policy, apply, recover
from repairlsp.types import Patch


def apply_patch(project: Path, patch: Patch, *, since: int) -> None:
    """Write the patch, unless one of its files was changed since the repair began.

    `since` is `time.time_ns()` of that moment. The proof holds for the files as they were then,
    and the inode's change time moves with whatever is done to a file, a restored old date
    included. Raises PatchError; then no file has been written.
    """
    if refusal := Policy(project).check(patch.edits):
        raise refusal  # asked again: the file may have become a link since it was screened
    expected = {}
    for path in sorted({edit.path for edit in patch.edits}):
        file = project / path
        try:
            changed, expected[path] = file.stat().st_ctime_ns, file.read_bytes()
        except OSError as error:
            raise PatchError(f"{path} cannot be read any more ({error.strerror})") from error
        if changed >= since:
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
