"""A patch that was found, told on standard error while the search for a better one goes on."""

from __future__ import annotations

from collections.abc import Iterator

from repairlsp.formats.words import all_of, printable
from repairlsp.types import Patch


def early_lines(patch: Patch) -> Iterator[str]:
    """What to say of it, and its diff, as lines that cannot steer a terminal."""
    files = all_of(sorted({edit.path for edit in patch.edits}))
    but = f", but it {patch.cautions[0].reason}" if patch.cautions else ""
    yield printable(f"repairlsp: a patch of {files} passes the tests{but}; looking on")
    for line in patch.diff.removesuffix("\n").split("\n"):
        yield f"  {printable(line.removesuffix(chr(13)))}"
