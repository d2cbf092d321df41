"""The reference fix of a defect: as a diff, as places, and as what an answer is compared with."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping

from repair_eval.check.shape import hunks
from repair_eval.record import Line
from repair_eval.suite import Defect
from repairlsp.errors import PatchError
from repairlsp.patches import unified_diff
from repairlsp.source import SourceText


def fix_diff(changed: Mapping[str, tuple[bytes, bytes]]) -> str:
    """The fix as one unified diff; `changed` maps paths to (buggy, fixed)."""
    return "".join(_file_diff(path, *changed[path]) for path in sorted(changed))


def fault_lines(defect: Defect) -> tuple[Line, ...]:
    """The buggy version's lines that the fix changes; for an insertion, those around it."""
    return tuple(
        Line(path, line)
        for path, (buggy, fixed) in sorted(defect.content.changed().items())
        for line in _lines(buggy, fixed)
    )


def _lines(buggy: bytes, fixed: bytes) -> Iterator[int]:
    count = len(buggy.splitlines())
    for hunk in hunks(buggy, fixed):
        start, end = hunk.buggy
        if start == end:
            start, end = start - 1, end + 1
        yield from range(max(start, 1), min(end, count + 1))


def _file_diff(path: str, before: bytes, after: bytes) -> str:
    try:
        return unified_diff(path, SourceText.from_bytes(before), SourceText.from_bytes(after))
    except PatchError:  # not a text that we can write back: shown, as well as it can be
        old, new = (data.decode("utf-8", "replace").splitlines() for data in (before, after))
        return "\n".join(difflib.unified_diff(old, new, path, path, lineterm=""))
