"""BugsInPy's layout, with a project of our own and an interpreter for it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from repair_eval.check import check_suite
from repair_eval.suite import load_suite

from repairlsp.sandbox import choose
from tests.eval.repair_eval.importers.layouts import diff, parcel_project, write_files
from tests.eval.repair_eval.importers.proving import assert_proved, import_suite

INFO = """python_version="3.11.4"
buggy_commit_id="{}"
fixed_commit_id="{}"
test_file="tests/test_tariff.py;tests/gone.py"
"""


@pytest.mark.slow
def test_bugs_become_defects_that_run_in_their_own_interpreter(tmp_path: Path):
    clone = tmp_path / "clones" / "parcels"
    before, after = parcel_project(clone)
    project = tmp_path / "bugsinpy/projects/parcels"
    patch = diff(clone, before, after, "src")
    write_files(
        project,
        {
            "project.info": 'github_url="https://example.org/post/parcels"\nstatus="OK"\n',
            "bugs/1/bug.info": INFO.format(before, after[:12]),
            "bugs/1/bug_patch.txt": patch,
            "bugs/2/bug.info": INFO.format(before, after),
            "bugs/3/bug.info": INFO.format("", after),
            "bugs/10/bug.info": INFO.format(after, after),
            "bugs/10/bug_patch.txt": patch,
            "../letters/bugs/1/bug.info": INFO.format(before, after),
        },
    )
    place = tmp_path / "suite"
    record = import_suite(
        "bugsinpy",
        tmp_path / "bugsinpy",
        place,
        "--repositories",
        str(tmp_path / "clones"),
        "--python",
        f"parcels={sys.executable}",
    )
    reasons = {entry["name"]: entry["reason"] for entry in record["left_out"]}
    assert reasons.pop("parcels-10").startswith("its patch does not apply: ")
    assert reasons == {
        "letters-1": "no interpreter for letters: name one (3.11.4) with --python letters=PATH",
        "parcels-2": "has no bug_patch.txt",
        "parcels-3": "its bug.info has no buggy_commit_id",
    }
    assert_proved(place, "python/parcels-1")
    (defect,) = load_suite(place).defects
    assert defect.tests.command[:5] == (
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD=",
        sys.executable,
        "-m",
        "pytest",
        "-q",
    )
    toml = place / "python/parcels-1/defect.toml"
    gone = str(tmp_path / "gone" / "python")
    toml.write_text(toml.read_text("utf-8").replace(sys.executable, gone), "utf-8")
    (proof,) = check_suite(load_suite(place), choose("limits"))
    assert (proof.status, proof.problems) == ("skipped", (f"no {gone}",))
