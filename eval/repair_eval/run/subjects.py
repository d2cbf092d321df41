"""The defects of a run: what is kept of each, and one hash for them all."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from repair_eval.record import Subject
from repair_eval.reference import fault_lines, fix_diff
from repair_eval.runners import missing
from repair_eval.suite import Content, Defect, Version
from repair_eval.suite.files import read_files
from repair_eval.suite.folder import FolderContent


def subject_of(defect: Defect) -> Subject:
    """What readers of results need to know of a defect. Raises SuiteError."""
    return Subject(
        id=defect.id,
        language=defect.language,
        family=defect.family,
        difficulty=defect.difficulty,
        shape=defect.shape,
        about=defect.about,
        has_hidden=defect.tests.has_hidden,
        fault_lines=fault_lines(defect),
        fix=fix_diff(defect.content.changed()),
        skipped=missing(defect) or "",
    )


def suite_hash(defects: Sequence[Defect]) -> str:
    """SHA-256 over all files of all defects, and how they are tested."""
    total = hashlib.sha256()
    for defect in sorted(defects, key=lambda defect: defect.id):
        total.update(f"{defect.id}\0{defect.tests}\0".encode())
        total.update("\0".join(sorted(defect.content.test_files("visible"))).encode())
        for version in ("buggy", "fixed"):
            for path, data in _files(defect.content, version):
                total.update(f"\0{version}/{path}\0{len(data)}\0".encode() + data)
    return total.hexdigest()


def _files(content: Content, version: Version) -> Iterable[tuple[str, bytes]]:
    """All files of a version, by their paths. What is in memory is not written to be read again:
    a suite of 140 would have two thousand files."""
    if isinstance(content, FolderContent) and content.base is None:
        return sorted(content.files(version, "all").items())
    with tempfile.TemporaryDirectory(prefix="repair-eval-") as folder:
        place = Path(folder) / version
        content.lay_out(place, version, "all")
        return read_files(place, []).items()
