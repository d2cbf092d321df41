"""Import through the command line, and judge gold and no-op patches with hidden tests."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from repair_eval.check import check_suite
from repair_eval.judge import Runs, Verdict, judge
from repair_eval.main import main
from repair_eval.runners import open_session
from repair_eval.suite import Defect, TestSet, Version, load_suite

from repairlsp.sandbox import choose
from repairlsp.types import TestRun


def import_suite(format_: str, source: Path, place: Path, *options: str) -> dict[str, Any]:
    """Run the verb; the record that it leaves."""
    words = ["import", format_, str(source), str(place), "--sandbox", "limits", *options]
    assert main(words) == 0
    return json.loads((place / "import.json").read_text("utf-8"))


def assert_proved(place: Path, *ids: str) -> None:
    """The suite holds these defects, and `check` proves each of them: among others, that a gold
    patch is correct with hidden tests, and an empty one failing."""
    suite = load_suite(place)
    assert [defect.id for defect in suite.defects] == list(ids)
    for proof in check_suite(suite, choose("limits")):
        assert (proof.status, proof.problems) == ("holds", ())
        assert proof.hidden > 0


def verdict(defect: Defect, changed: Mapping[str, str]) -> Verdict:
    """What a patch is worth that gives files of the buggy version these texts."""
    return judge(_runs(defect, "fixed"), _runs(defect, "buggy", changed)).verdict


def _runs(defect: Defect, version: Version, changed: Mapping[str, str] | None = None) -> Runs:
    return Runs(*(_run(defect, version, tests, changed or {}) for tests in ("visible", "all")))


def _run(defect: Defect, version: Version, tests: TestSet, changed: Mapping[str, str]) -> TestRun:
    with tempfile.TemporaryDirectory() as name:
        project = Path(name) / "project"
        defect.content.lay_out(project, version, tests)
        for path, text in changed.items():
            (project / path).write_text(text, "utf-8")
        with open_session(defect, project, tests, choose("limits")) as session:
            return session.run()
