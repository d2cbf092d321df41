"""SWE-bench's JSON lines, with a repository of our own."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from git import Repo
from repair_eval.importers import Source, UnfitError
from repair_eval.importers.formats import FORMATS
from repair_eval.suite import SuiteError, load_suite
from repair_eval.suite.commit import Commit, write_over

from tests.eval.repair_eval.importers.layouts import (
    TARIFF_BUGGY,
    commit,
    diff,
    parcel_project,
    write_lines,
)
from tests.eval.repair_eval.importers.proving import assert_proved, import_suite, verdict

TESTS = "tests/test_tariff.py"


@pytest.fixture
def clones(tmp_path: Path) -> Path:
    return tmp_path / "clones"


@pytest.fixture
def row(clones: Path) -> dict[str, object]:
    clone = clones / "post__parcels"
    before, after = parcel_project(clone)
    return {
        "instance_id": "post__parcels-7",
        "repo": "post/parcels",
        "base_commit": before,
        "patch": diff(clone, before, after, "src", "CHANGES"),
        "test_patch": diff(clone, before, after, "tests"),
        "problem_statement": "A step that has begun is free.\nSince always.",
        "FAIL_TO_PASS": json.dumps(
            [f"{TESTS}::test_a_step_that_has_begun", f"{TESTS}::test_label"]
        ),
        "PASS_TO_PASS": [f"{TESTS}::test_small", f"{TESTS}::test_small_express"],
    }


def test_instances_become_defects_that_hold(row: dict[str, object], clones: Path, tmp_path: Path):
    with Repo(clones / "post__parcels") as repo:
        added = {"src/new.py": "NEW = 1\n"}
        new = commit(repo, added, "New")
    added_patch = diff(clones / "post__parcels", f"{new}~1", new)
    place = write_lines(
        tmp_path / "swe.jsonl",
        row,
        {**row, "instance_id": "a", "base_commit": "0" * 40},
        {**row, "instance_id": "b", "repo": "post/letters"},
        {**row, "instance_id": "c", "FAIL_TO_PASS": ["test_label (tests.Tariff)"]},
        {**row, "instance_id": "d", "FAIL_TO_PASS": [f"{TESTS}::test_small"]},
        {**row, "instance_id": "e", "patch": row["test_patch"]},
        {**row, "instance_id": "f", "patch": added_patch},
        {**row, "instance_id": "g", "patch": str(row["patch"]).replace("base = 250", "base=")},
    )
    record = import_suite("swe-bench", place, tmp_path / "suite", "--repositories", str(clones))
    reasons = [entry["reason"] for entry in record["left_out"]]
    assert [entry["name"] for entry in record["left_out"]] == list("abcdefg")
    assert reasons[0].endswith(f"has no commit {'0' * 40}: git fetch it")
    assert reasons[1] == f"no clone of post/letters in {clones}: git clone it there"
    assert reasons[2] == "its tests are no ids of pytest: test_label (tests.Tariff)"
    assert reasons[3] == f"not failing before and passing after here: {TESTS}::test_small"
    assert reasons[4] == "its fix changes no Python source"
    assert reasons[5] == "its fix adds src/new.py"
    assert reasons[6].startswith("its patch does not apply: error: patch failed: src/tariff.py")
    assert_proved(tmp_path / "suite", "python/post-parcels-7")
    (defect,) = load_suite(tmp_path / "suite").defects
    assert defect.about == "A step that has begun is free."
    assert defect.tests.command[2:] == (
        f"{TESTS}::test_a_step_that_has_begun",
        f"{TESTS}::test_small",
    )
    special = TARIFF_BUGGY.replace(
        "    if grams", "    if grams == 501:\n        return 330\n    if grams", 1
    )
    assert verdict(defect, {"src/tariff.py": special}) == "overfitting"


def test_the_suite_stands_alone_and_says_what_is_spoilt(
    row: dict[str, object], clones: Path, tmp_path: Path
):
    place = write_lines(tmp_path / "swe.jsonl", row)
    suite = tmp_path / "suite"
    import_suite("swe-bench", place, suite, "--repositories", str(clones))
    shutil.rmtree(clones)
    (defect,) = load_suite(suite.rename(tmp_path / "moved")).defects
    suite = tmp_path / "moved"
    defect.content.lay_out(tmp_path / "project", "buggy", "none")
    assert (tmp_path / "project/src/tariff.py").read_text() == TARIFF_BUGGY
    assert (tmp_path / "project/CHANGES").is_file()
    toml = suite / "python/post-parcels-7/defect.toml"
    text = toml.read_text()
    toml.write_text(text.replace(str(row["base_commit"]), "1" * 40))
    (defect,) = load_suite(suite).defects
    for use in (
        lambda: defect.content.lay_out(tmp_path / "other", "buggy", "none"),
        defect.content.changed,
    ):
        with pytest.raises(SuiteError, match=f"has no commit {'1' * 40}"):
            use()
    toml.write_text(text.replace('"post__parcels"', '"../clones"'))
    assert "must be the name of a repository" in load_suite(suite).refused[0].problems[0]


def test_files_are_never_written_through_a_link_of_the_commit(tmp_path: Path):
    outside = tmp_path / "outside"
    outside.mkdir()
    with Repo.init(tmp_path / "repo") as repo:
        for name in ("tests", "file.py"):
            (tmp_path / "repo" / name).symlink_to(outside)
        repo.index.add(["tests", "file.py"])
        id_ = repo.index.commit("links").hexsha
    Commit(tmp_path / "repo", id_).check_out(tmp_path / "project")
    write_over(tmp_path / "project", {"file.py": b"x = 1\n"})
    with pytest.raises(SuiteError, match="leaves the project"):
        write_over(tmp_path / "project", {"tests/test_x.py": b""})
    assert list(outside.iterdir()) == []


def test_without_clones_every_instance_is_named(row: dict[str, object], tmp_path: Path):
    place = write_lines(tmp_path / "swe.jsonl", row)
    (item,) = FORMATS["swe-bench"].read(Source(place))
    assert item == (
        "post__parcels-7",
        "needs a clone of post/parcels: name the folder that has it with --repositories",
    )
    with pytest.raises(UnfitError):
        Source(place).repository("post/parcels")
