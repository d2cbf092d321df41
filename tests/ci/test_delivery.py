"""An earlier job's report, taken for the word of a stranger."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from repairlsp.ci.branches import move_branch
from repairlsp.ci.delivery import of_record
from repairlsp.ci.repository import Repository
from repairlsp.errors import PatchError, RepairlspError, UsageError
from tests.ci.repositories import WRONG_SHOP, checkout_state, commit, git, repository

FIX = {"path": "shop.py", "start": 2, "end": 3, "lines": ["    if a > b:"]}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = repository(tmp_path / "shop")
    commit(made, {"shop.py": WRONG_SHOP})
    return made


def record(folder: Path, *edits: dict[str, Any], **more: Any) -> Path:
    fixes = [{"edits": [edit], "message": "Fix shop.py\n\nIt was wrong.\n"} for edit in edits]
    told = {
        "schema_version": 1,
        "commit": git(folder, "rev-parse", "HEAD"),
        "fixes": fixes,
        "unfixed": [],
        "title": "Fix shop.py",
        "summary": "It was wrong.",
        **more,
    }
    path = folder.parent / "report.json"
    path.write_text(json.dumps(told))
    return path


def test_the_commits_are_made_anew(folder: Path) -> None:
    before = checkout_state(folder)
    there = Repository(folder)
    made = of_record(record(folder, FIX), there, "HEAD")
    assert checkout_state(folder) == before
    assert made.is_complete
    assert git(folder, "show", "--format=%an|%s", "--name-only", made.tip).split("\n") == [
        "repairlsp|Fix shop.py",
        "",
        "shop.py",
    ]
    assert "+    if a > b:" in made.diff(there)
    assert of_record(record(folder, FIX), there, "HEAD").tip == made.tip
    assert move_branch(there, "repairlsp/fix-main", made.tip)
    assert not move_branch(there, "repairlsp/fix-main", made.tip)


def test_a_branch_with_a_humans_commit_is_not_moved(folder: Path) -> None:
    there = Repository(folder)
    made = of_record(record(folder, FIX), there, "HEAD")
    git(folder, "checkout", "--quiet", "-b", "repairlsp/fix-main")
    theirs = commit(folder, {"a": "1"})
    git(folder, "checkout", "--quiet", "main")
    with pytest.raises(UsageError, match="hands off"):
        move_branch(there, "repairlsp/fix-main", made.tip)
    assert there.tip("repairlsp/fix-main") == theirs


@pytest.mark.parametrize(
    "edit",
    [
        {**FIX, "path": "../shop.py"},
        {**FIX, "path": ".git/config"},
        {**FIX, "path": "tests/test_shop.py"},
        {**FIX, "path": ".gitlab-ci.yml"},
        {**FIX, "path": "nowhere.py"},
        {**FIX, "start": 200, "end": 201},
        {**FIX, "lines": ["a\nb"]},
    ],
)
def test_what_no_patch_may_do_is_refused(folder: Path, edit: dict[str, Any]) -> None:
    before = checkout_state(folder)
    with pytest.raises(PatchError):
        of_record(record(folder, edit), Repository(folder), "HEAD")
    assert checkout_state(folder) == before


@pytest.mark.parametrize(
    "wrong",
    [
        {"schema_version": 2},
        {"commit": "f" * 40},
        {"fixes": [{"message": "no edits"}]},
        {"fixes": [{"edits": [{"path": "shop.py"}], "message": ""}]},
        {"fixes": 3},
    ],
)
def test_what_is_no_report_of_this_commit_is_refused(folder: Path, wrong: dict[str, Any]) -> None:
    with pytest.raises(RepairlspError):
        of_record(record(folder, **wrong), Repository(folder), "HEAD")


def test_no_json_at_all(folder: Path) -> None:
    (folder.parent / "report.json").write_text("{")
    with pytest.raises(UsageError, match="no JSON"):
        of_record(folder.parent / "report.json", Repository(folder), "HEAD")
