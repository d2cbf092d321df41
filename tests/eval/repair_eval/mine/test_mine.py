"""Mining a small history: what is found, what is left out, and when it ends."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import psutil
import pytest
from git import Repo
from repair_eval.check import check_suite
from repair_eval.importers import Destination
from repair_eval.main import main
from repair_eval.mine import Mining, mine
from repair_eval.suite import load_suite

from repairlsp.errors import CancelledError
from repairlsp.sandbox import choose
from tests.eval.repair_eval.importers.layouts import (
    TARIFF_FIXED,
    TARIFF_MORE,
    commit,
    parcel_project,
)

ZONES = "from tariff import price\n\n\ndef far(grams):\n    return {} * price(grams)\n"
CUSTOMS = "from zones import far\n\n\ndef duty(grams):\n    return far(grams) {} 10\n"
ZONES_TESTS = """from customs import duty
from zones import far


def test_far():
    assert far(10) == 500


def test_duty():
    assert duty(10) == 50


def test_type():
    assert isinstance(duty(10), int)
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "parcels"
    parcel_project(folder)
    with Repo(folder) as repo:
        files = {"src/zones.py": ZONES.format(3), "src/customs.py": CUSTOMS.format("//")}
        commit(repo, {**files, "tests/test_zones.py": "def test_nothing():\n    pass\n"}, "Zones")
        commit(
            repo,
            {
                "src/zones.py": ZONES.format(2),
                "src/customs.py": CUSTOMS.format(" //"),
                "tests/test_zones.py": ZONES_TESTS,
            },
            "Far zones cost twice as much, which nobody expected",
        )
        tests = TARIFF_MORE + "\n\ndef test_more():\n    assert price(1) == 250\n"
        commit(
            repo,
            {"src/tariff.py": f"{TARIFF_FIXED}\nZONES = 3\n", "tests/test_tariff.py": tests},
            "Zones are counted",
        )
        commit(repo, {"README": "Parcels.\n"}, "Read me")
    return folder


def words(project: Path, place: Path, *options: str) -> list[str]:
    return ["mine", str(project), str(place), "--sandbox", "limits", *options]


@pytest.mark.slow
def test_fixes_of_a_history_become_a_suite(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    place = tmp_path / "mined"
    assert main(words(project, place)) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[-2] == "6 commits: 2 defects (1 in a single function, 1 larger), 2 left out"
    with Repo(project) as repo:
        ids = [made.hexsha for made in repo.iter_commits("main")]
    record = json.loads((place / "import.json").read_text("utf-8"))
    larger, single = record["defects"]
    assert (larger["commit"], single["commit"]) == (ids[2], ids[4])
    assert single["id"] == f"python/single-charge-for-a-step-that-h-{ids[4][:8]}"
    assert single["author_date"] == "2024-05-06T07:08:09+02:00"
    assert single["message"].endswith("It was free until it was full.")
    assert [(entry["name"], entry["reason"][:40]) for entry in record["left_out"]] == [
        (f"single-zones-are-counted-{ids[1][:8]}", "no test fails before the fix and passes "),
        (f"{ids[3][:12]} (Zones)", "its fix adds src/customs.py"),
    ]
    suite = load_suite(place)
    shapes = [(defect.id.split("/")[1].split("-")[0], defect.shape) for defect in suite.defects]
    assert shapes == [("larger", "multi-file"), ("single", "one-line")]
    defect = suite.defects[1]
    assert defect.about == "The commit that fixed it says: \"Charge for a step that has 'begun'\"."
    assert ids[4] in defect.provenance and "2024-05-06T07:08:09+02:00" in defect.provenance
    for proof in check_suite(suite, choose("limits")):
        assert (proof.status, proof.problems) == ("holds", ())
        assert proof.hidden > 0
    assert str(project) not in (place / "_repositories/parcels.git/config").read_text("utf-8")


def test_bounds(project: Path, tmp_path: Path):
    assert main(words(project, tmp_path / "few", "--max-commits", "2")) == 1
    assert main(words(project, tmp_path / "late", "--max-seconds", "0.000001")) == 1
    assert main(words(project, tmp_path / "none", "--revision", "nowhere")) == 2
    assert main(words(tmp_path, tmp_path / "none")) == 2
    assert {path.name for path in tmp_path.iterdir()} == {"parcels"}


def test_a_cancel_keeps_what_is_whole_and_leaves_no_process(project: Path, tmp_path: Path):
    cancel = threading.Event()
    before = {child.pid for child in psutil.Process().children(recursive=True)}
    with Destination(tmp_path / "mined") as destination:
        steps = mine(Mining(project), destination, choose("limits"), cancel)
        found = next(step.outcome for step in steps if step.mined is not None)
        cancel.set()
        with pytest.raises(CancelledError):
            next(steps)
        left = [path.name for path in (destination.staging / "python").iterdir()]
    assert left == []
    assert found is not None
    assert {child.pid for child in psutil.Process().children(recursive=True)} <= before
