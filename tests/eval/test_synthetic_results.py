"""From a repair to the report: the worker, the judge, campaigns, statistics, tables."""

from __future__ import annotations

import io
import json
import sys
import tarfile
import venv
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from real_packages.cases import Package as Release
from repair_eval.measures.mcnemar import mcnemar
from repair_eval.measures.proportion import wilson
from synthetic.ablation import WITHOUT, label, request_fields
from synthetic.bugs import Bug
from synthetic.campaign import Campaign, Configuration, read
from synthetic.environment import EnvironmentFailureError, check_checkout
from synthetic.figures import compare, is_repaired, is_verified
from synthetic.judge import Judge, ranks
from synthetic.packages import CatalogueError, Package
from synthetic.page import Results
from synthetic.report import write

from repairlsp.types import RepairRequest

# ------------------------------------------------------------------------------- statistics


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [(8, 10, 0.4902, 0.9433), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (0, 0, 0.0, 1.0)],
)
def test_wilson_intervals_are_those_of_the_textbook(
    successes: int, trials: int, low: float, high: float
):
    assert wilson(successes, trials) == pytest.approx((low, high), abs=1e-4)


@pytest.mark.parametrize(
    ("only_first", "only_second", "p"),
    [(0, 0, 1.0), (5, 5, 1.0), (9, 1, 22 / 1024), (1, 9, 22 / 1024), (0, 6, 2 / 64)],
)
def test_mcnemar_is_the_binomial_test_of_the_discordant_pairs(
    only_first: int, only_second: int, p: float
):
    assert mcnemar(only_first, only_second) == pytest.approx(p)


# ------------------------------------------------------------------------------- ablations


def test_what_is_left_out_becomes_fields_of_the_request():
    assert request_fields(["model", "templates"]) == {"use_model": False, "use_templates": False}
    assert label([]) == "full" and label(["spectrum", "model"]) == "without model and spectrum"


def test_a_part_that_this_version_cannot_leave_out_is_an_error(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(WITHOUT, "luck", ("use_luck", False))
    assert "use_luck" not in {field.name for field in fields(RepairRequest)}
    with pytest.raises(CatalogueError, match="RepairRequest has no use_luck"):
        request_fields(["model", "luck"])


# ------------------------------------------------------------------------------- a small release

SOURCE = "def larger(a, b):\n    if a > b:\n        return a\n    return b\n"
DIFF = """\
--- a/sizes.py
+++ b/sizes.py
@@ -1,4 +1,4 @@
 def larger(a, b):
-    if a > b:
+    if a < b:
         return a
     return b
"""
SEEN = "from sizes import larger\n\n\ndef test_first():\n    assert larger(3, 2) == 3\n"
HIDDEN = "from sizes import larger\n\n\ndef test_second():\n    assert larger(1, 4) == 4\n"

COMMAND = ("pytest", "-q")
PACKAGE = Package(Release("sizes", "1", "0" * 64, "MIT", COMMAND, COMMAND, (), ""), (".",))
BUG = Bug(
    id="sizes/sizes.larger",
    package="sizes",
    path="sizes.py",
    function="larger",
    source="mutmut",
    operator="swap_op",
    family="conditions",
    tests=("test_seen.py",),
    failing=("test_seen.py::test_first",),
    seconds=0.2,
    overlap=0.1,
    diff=DIFF,
)


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("release") / "sizes-1.tar.gz"
    files = {"sizes.py": SOURCE, "test_seen.py": SEEN, "test_hidden.py": HIDDEN}
    with tarfile.open(path, "w:gz") as archive:
        for name, text in files.items():
            member = tarfile.TarInfo(f"sizes-1/{name}")
            member.size = len(text)
            archive.addfile(member, io.BytesIO(text.encode()))
    return path


@pytest.mark.parametrize(
    ("condition", "verdict"),
    [("a > b", "correct"), ("(a > b)", "correct"), ("not a <= b", "plausible"), ("a", "overfit")],
)
def test_the_judge_compares_with_the_original_and_asks_more_tests(
    sdist: Path, tmp_path: Path, condition: str, verdict: str
):
    judge = Judge({"sizes": sdist}, {"sizes": PACKAGE}, Path(sys.prefix))
    patch = DIFF.replace("if a > b", "if a < b", 1)
    patch = patch.replace("+    if a < b", f"+    if {condition}")
    judgement = judge.judge(BUG, patch, tmp_path)
    assert judgement.verdict == verdict
    assert bool(judgement.why) == (verdict == "overfit")


def test_the_faulty_line_and_its_function_are_looked_up_among_the_locations(tmp_path: Path):
    (tmp_path / "sizes.py").write_text(SOURCE.replace(">", "<"))
    places = [("other.py", 2), ("sizes.py", 4), ("sizes.py", 2)]
    locations = [{"path": path, "line": line} for path, line in places]
    assert ranks(locations, BUG, tmp_path) == (3, 2)
    assert ranks(locations[:1], BUG, tmp_path) == (None, None)


@pytest.fixture
def campaign(sdist: Path, tmp_path: Path) -> Campaign:
    return Campaign(
        Configuration("without model", 60.0, {"use_model": False}),
        {"sizes": PACKAGE},
        {"sizes": sdist},
        Path(sys.prefix),
        tmp_path / "results.jsonl",
        {"bugs": "0", "repairlsp": "0.1", "command": "run", "machine": MACHINE},
    )


def test_a_bug_is_repaired_in_a_process_and_its_result_stored_once(campaign: Campaign):
    campaign.run([BUG], jobs=1)
    about, row = read(campaign.results)
    assert about["label"] == "without model" and about["max_seconds"] == 60
    assert row["bug"] == BUG.id and row["verdict"] in ("correct", "plausible", "overfit")
    assert row["source"].startswith("template:") and row["rank"] >= 1
    assert 0 < row["first_seconds"] <= row["found_seconds"] <= row["seconds"]
    assert row["first_verdict"] in ("correct", "plausible", "overfit")
    assert row["counts"]["generated"] > 0 and row["stage_seconds"]["validate"] > 0
    assert (row["failing"], row["line_rank"] is not None) == (1, True)
    campaign.run([BUG], jobs=1)
    assert len(read(campaign.results)) == 2, "what is done is not done again"


def test_results_of_another_configuration_are_not_mixed_in(campaign: Campaign):
    campaign.run([], jobs=1)
    campaign.configuration = Configuration("full", 60.0, {})
    with pytest.raises(CatalogueError, match="holds results with label without model"):
        campaign.run([], jobs=1)


def test_a_worker_that_dies_costs_its_own_bug(campaign: Campaign):
    campaign.configuration = Configuration("full", 60.0, {"no_such_field": 1})
    campaign.run([BUG], jobs=1)
    (row,) = read(campaign.results)[1:]
    assert row["verdict"] == "none" and row["status"] == "crashed"
    assert "no_such_field" in row["why"]


def test_a_line_that_a_kill_cut_short_is_left_out(campaign: Campaign):
    campaign.run([], jobs=1)
    with campaign.results.open("a") as file:
        file.write('{"bug": "sizes/si')
    assert len(read(campaign.results)) == 1


# ------------------------------------------------------------------------------- the report

MACHINE = {
    "system": "Linux",
    "cpu": "a processor",
    "cores": 2,
    "memory_gib": 4,
    "python": "3.11",
    "libraries": {"pytest": "9"},
}


def row(bug: str, verdict: str, seconds: float | None, rank: int | None = 3) -> dict[str, Any]:
    return {
        "bug": bug,
        "verdict": verdict,
        "why": "" if seconds else "time: 9 candidates validated, more were waiting",
        "source": "model" if seconds else "",
        "rank": rank if seconds else None,
        "found_seconds": seconds,
        "cautions": int(verdict == "overfit"),
        "first_verdict": verdict,
        "seconds": seconds or 60.0,
        "counts": {"generated": 50, "validated": 20},
        "stage_seconds": {"validate": 2.0},
        "line_rank": 1,
        "function_rank": None,
        "load": 0.5,
        "commit": "0.1",
    }


FULL = [
    row("p/a", "correct", 4.0),
    row("p/b", "plausible", 20.0, 5),
    row("p/c", "overfit", 2.0),
    row("p/d", "none", None),
]
LESS = [row("p/a", "none", None), row("p/b", "correct", 9.0), row("p/d", "none", None)]
SUITE = {f"p/{name}": replace(BUG, id=f"p/{name}", package="p") for name in "abcd"}


def test_repaired_is_what_the_judge_accepts_in_time():
    assert [is_repaired(one) for one in FULL] == [True, True, False, False]
    assert [is_repaired(one, 10.0) for one in FULL] == [True, False, False, False]
    assert [is_verified(one) for one in FULL] == [True, True, True, False]


def test_ablations_are_compared_on_the_bugs_that_both_have():
    said = compare("without luck", FULL, LESS, 30.0)
    assert (said.bugs, said.first.hits, said.second.hits) == (3, 2, 1)
    assert (said.only_first, said.only_second, said.p) == (1, 0, 1.0)
    sooner = compare("without luck", FULL, LESS, 10.0)
    assert (sooner.only_first, sooner.only_second) == (1, 1)


def test_the_report_says_the_same_to_programs_and_people(tmp_path: Path):
    about = {"label": "full", "max_seconds": 60, "command": "run", "machine": MACHINE}
    campaigns = [
        Results(about, FULL),
        Results({**about, "label": "without luck", "max_seconds": 30}, LESS),
    ]
    made_by = {"command": "build", "tools": ["mutmut==3"], "most_overlap": 0.5}
    write(campaigns, SUITE, made_by, "smoke", tmp_path)
    data = json.loads((tmp_path / "synthetic-smoke.json").read_text())
    text = (tmp_path / "synthetic-smoke.md").read_text()
    assert data["summary"]["repaired"]["hits"] == 2
    assert "**2 of 4 repaired, 50% (15%-85%)**" in text
    assert data["summary"]["overfit"] == 1 and data["summary"]["rank"] == 4
    assert data["repaired_within_seconds"]["10"]["hits"] == 1
    assert "| 10 s | 50% (15%-85%) | 25% (5%-70%) | 25% (5%-70%) |" in text
    assert "| mutmut | 4 | 50% (15%-85%) | 1 | 1 | 1 | 12.0 | 4 |" in text
    assert "| luck | 3 | 30 | 67% (21%-94%) | 33% (6%-79%) | 1 | 0 | 1 |" in text
    assert data["comparisons"][0]["seconds"] == 30 and len(data["results"]) == 7
    assert "Of the first verified patches 1 are overfit" in text
    assert "median 10.0" in text, "candidates validated per second"


def test_results_are_those_of_this_checkouts_code(tmp_path: Path) -> None:
    check_checkout(tmp_path)
    venv.create(tmp_path / "other", with_pip=False)
    other = tmp_path / "other" / "bin" / "python"
    with pytest.raises(EnvironmentFailureError, match=r"from nowhere.*pip install -e"):
        check_checkout(tmp_path, str(other))
