"""The defects of a run: what is kept of each, and one hash for them all."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Sequence
from pathlib import Path

from repair_eval.record import Subject
from repair_eval.reference import fault_lines, fix_diff
from repair_eval.runners import missing
from repair_eval.suite import Defect
from repair_eval.suite.files import read_files


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
        with tempfile.TemporaryDirectory(prefix="repair-eval-") as folder:
            for version in ("buggy", "fixed"):
                place = Path(folder) / version
                defect.content.lay_out(place, version, "all")
                for path, data in read_files(place, []).items():
                    total.update(f"\0{version}/{path}\0{len(data)}\0".encode() + data)
    return total.hexdigest()
