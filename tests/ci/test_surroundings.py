"""What is read from the variables of CI systems, and which commit is compared with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from repairlsp.ci.base import find_base
from repairlsp.ci.messages import branch_name
from repairlsp.ci.repository import Repository, check_branch_name
from repairlsp.ci.surroundings import Surroundings, surroundings
from repairlsp.errors import UsageError
from tests.ci.repositories import commit, git, repository


def test_a_pull_request_on_github(tmp_path: Path) -> None:
    pull = {
        "number": 7,
        "head": {"ref": "topic", "repo": {"full_name": "eve/shop"}},
        "base": {"sha": "b" * 40, "repo": {"full_name": "ada/shop"}},
    }
    (tmp_path / "event.json").write_text(json.dumps({"pull_request": pull}))
    found = surroundings(
        {
            "GITHUB_ACTIONS": "true",
            "GITHUB_EVENT_PATH": str(tmp_path / "event.json"),
            "GITHUB_API_URL": "https://api.github.com",
            "GITHUB_REPOSITORY": "ada/shop",
            "GITHUB_REF_NAME": "7/merge",
            "GITHUB_REF_TYPE": "branch",
        }
    )
    api = "https://api.github.com"
    assert found == Surroundings("topic", "b" * 40, 7, True, "github", api, "ada/shop")


def test_a_push_on_github(tmp_path: Path) -> None:
    (tmp_path / "event.json").write_text(json.dumps({"before": "0" * 40}))
    variables = {
        "GITHUB_ACTIONS": "true",
        "GITHUB_EVENT_PATH": str(tmp_path / "event.json"),
        "GITHUB_REPOSITORY": "ada/shop",
        "GITHUB_REF_NAME": "main",
        "GITHUB_REF_TYPE": "branch",
    }
    found = surroundings(variables)
    assert (found.branch, found.base, found.request) == ("main", None, None)
    assert surroundings({**variables, "GITHUB_EVENT_PATH": "/nowhere"}).branch == "main"


def test_a_merge_request_on_gitlab() -> None:
    found = surroundings(
        {
            "GITLAB_CI": "true",
            "CI_PROJECT_ID": "42",
            "CI_API_V4_URL": "https://gitlab.com/api/v4",
            "CI_MERGE_REQUEST_IID": "9",
            "CI_MERGE_REQUEST_SOURCE_PROJECT_ID": "42",
            "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME": "topic",
            "CI_MERGE_REQUEST_DIFF_BASE_SHA": "c" * 40,
        }
    )
    api = "https://gitlab.com/api/v4"
    assert found == Surroundings("topic", "c" * 40, 9, False, "gitlab", api, "42")


def test_jenkins_and_nothing_at_all() -> None:
    found = surroundings({"JENKINS_URL": "x", "CHANGE_TARGET": "main", "CHANGE_BRANCH": "topic"})
    assert (found.branch, found.base) == ("topic", "origin/main")
    assert surroundings({}) == Surroundings()


def test_the_commit_to_compare_with(tmp_path: Path) -> None:
    folder = repository(tmp_path / "shop")
    first = git(folder, "rev-parse", "HEAD")
    git(folder, "checkout", "--quiet", "-b", "topic")
    second = commit(folder, {"a": "1"})
    commit(folder, {"a": "2"})
    there = Repository(folder)
    assert find_base(there, "HEAD", None, Surroundings()) == first
    assert find_base(there, "HEAD", None, Surroundings(base=second)) == second
    assert find_base(there, "HEAD", None, Surroundings(base="d" * 40)) == first
    assert find_base(there, "HEAD", second, Surroundings(base=first)) == second
    assert find_base(there, first, None, Surroundings()) is None
    with pytest.raises(UsageError, match="is no commit"):
        find_base(there, "HEAD", "d" * 40, Surroundings())


def test_branches_that_are_not_the_bots_are_refused(tmp_path: Path) -> None:
    folder = repository(tmp_path / "shop")
    there = Repository(folder)
    check_branch_name(there, "repairlsp/fix-topic", "topic")
    for name in ("main", "topic", "a..b", "-x"):
        with pytest.raises(UsageError):
            check_branch_name(there, name, "topic")


@pytest.mark.parametrize(
    ("branch", "expected"),
    [
        ("main", "repairlsp/fix-main"),
        ("feature/a b..c.lock", "repairlsp/fix-feature-a-b.c"),
        (None, "repairlsp/fix-" + "e" * 12),
        ("///", "repairlsp/fix-" + "e" * 12),
    ],
)
def test_the_bots_branch_is_named_after_the_branch(branch: str | None, expected: str) -> None:
    assert branch_name(branch, "e" * 40) == expected
