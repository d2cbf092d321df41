"""Writing a patch into the files of a project, and taking it back: all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from repairlsp.errors import PatchError
from repairlsp.patches.files import opened_folder
from repairlsp.patches.journal import journal
from repairlsp.patches.replacing import Replacement, replace_all
from repairlsp.source import SourceText
from repairlsp.types import Edit


def apply(project: Path, edits: Iterable[Edit], expected: Mapping[str, bytes]) -> tuple[str, ...]:
    """Make the edits in the project's files; returns the paths that changed, sorted.

    `expected` holds, for each edited path, the bytes that the edits were computed for. Every file
    is replaced by renaming a finished, synchronised one over it, so a reader (and a crash) sees
    the old text or the new one; a crash between two files is put right by `journal.recover`. Mode
    is kept, and owner where the system lets us. A hard link's other names keep the old text: they
    may lie outside the project.

    Raises PatchError, with no file changed and nothing left behind, when a file is not what was
    expected, is a link, or may not be written.
    """
    changes = _changes(edits, expected)
    _replace(project, changes)
    return tuple(change.path for change in changes)


def revert(project: Path, edits: Iterable[Edit], expected: Mapping[str, bytes]) -> tuple[str, ...]:
    """Take back what `apply` wrote with the same arguments; raises as it does.

    The files must hold what `apply` left, and then hold `expected` again, byte for byte.
    """
    changes = [_Change(path, new, old) for path, old, new in _changes(edits, expected)]
    _replace(project, changes)
    return tuple(change.path for change in changes)


class _Change(NamedTuple):
    path: str
    old: bytes
    new: bytes


def _changes(edits: Iterable[Edit], expected: Mapping[str, bytes]) -> list[_Change]:
    by_path: dict[str, list[Edit]] = {}
    for edit in edits:
        by_path.setdefault(edit.path, []).append(edit)
    changes = []
    for path, own_edits in sorted(by_path.items()):
        if path not in expected:
            raise PatchError(f"{path}: it is not known which text the patch is for")
        old = expected[path]
        new = SourceText.from_bytes(old).apply(own_edits).to_bytes()
        if new != old:
            changes.append(_Change(path, old, new))
    return changes


def _replace(project: Path, changes: Iterable[_Change]) -> None:
    with ExitStack() as stack:
        files = []
        for path, old, new in changes:
            place = stack.enter_context(opened_folder(project, path))
            files.append(Replacement(path, place, old, new))
        if not files:
            return
        stack.enter_context(journal(project, files))  # it names the files that wait, so it is first
        for file in files:
            stack.callback(file.discard)
            file.prepare()
        replace_all(files)
