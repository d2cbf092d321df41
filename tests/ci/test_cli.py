"""`repairlsp ci` as a process of its own: what it prints, writes, posts, and its exit codes."""

from __future__ import annotations

import importlib.resources
import json
from pathlib import Path

import jsonschema
import pytest

from tests.ci.repositories import WRONG_SHOP, checkout_state, commit, git, repository
from tests.ci.stand_in import TOKEN, GitHub, serving
from tests.cli.command import repairlsp

# These find their patch among the first; on a machine that is busy, that can take its time.
PATIENT = ("--max-seconds", "600", "--reruns", "1")


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A clone whose last commit broke something, with the remote that it came from."""
    seed = repository(tmp_path / "seed")
    git(tmp_path, "clone", "--quiet", "--bare", str(seed), "remote.git")
    git(tmp_path, "clone", "--quiet", "remote.git", "shop")
    commit(tmp_path / "shop", {"shop.py": WRONG_SHOP}, "Simplify")
    git(tmp_path / "shop", "push", "--quiet", "origin", "main")
    return tmp_path / "shop"


def test_one_job_repairs_and_another_posts(broken: Path, tmp_path: Path) -> None:
    before = checkout_state(broken)
    out = tmp_path / "out"
    summary = tmp_path / "page.md"
    done = repairlsp("ci", broken, *PATIENT, "--artifacts", out, GITHUB_STEP_SUMMARY=str(summary))
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("### Repaired: 3 failing tests, 1 verified patch\n")
    assert summary.read_text() == done.stdout
    assert checkout_state(broken) == before
    told = json.loads((out / "report.json").read_text())
    schema = importlib.resources.files("repairlsp.ci") / "report.schema.json"
    jsonschema.validate(told, json.loads(schema.read_text("utf-8")))
    assert told["branch"] == "repairlsp/fix-main"
    git(tmp_path, "clone", "--quiet", "remote.git", "fresh")
    git(tmp_path / "fresh", "am", "--quiet", str(out / "fix.patch"))

    there = GitHub()
    with serving(there) as url:
        options = ("--open-pull-request", "--host", "github", "--api", url)
        posted = [
            repairlsp(
                "ci",
                tmp_path / "fresh",
                *("--revision", told["commit"], "--from", out / "report.json"),
                *(*options, "--repository", there.name, "--target", "main"),
                REPAIRLSP_TOKEN=TOKEN,
                NO_PROXY="*",
            )
            for _ in range(2)
        ]
    assert there.wrong == []
    assert [done.returncode for done in posted] == [0, 0], posted[0].stderr
    assert "pull request opened: #1" in posted[0].stderr
    assert "pull request unchanged" in posted[1].stderr
    assert git(tmp_path / "remote.git", "rev-parse", "repairlsp/fix-main") == told["tip"]
    [pull] = there.pulls
    assert pull["title"] == "Fix shop.py: 3 failing tests pass"
    assert len(there.writes) == 1


def test_write_makes_the_branch_and_nothing_else(broken: Path) -> None:
    before = checkout_state(broken)
    done = repairlsp("ci", "--write", *PATIENT, "--output-format", "json", cwd=broken)
    assert done.returncode == 0, done.stderr
    after = checkout_state(broken)
    assert {name for name in before if before[name] != after[name]} == {"refs"}
    assert git(broken, "rev-parse", "repairlsp/fix-main") == json.loads(done.stdout)["tip"]
    assert git(broken, "rev-parse", "repairlsp/fix-main^") == git(broken, "rev-parse", "main")


def test_what_is_wrong_is_told_before_anything_is_done(broken: Path, tmp_path: Path) -> None:
    for options, said in (
        (("--branch", "main"), "not for the bot"),
        (("--revision", "nowhere"), "is no commit"),
        (("--open-pull-request",), "which repository"),
        (("--open-pull-request", "--host", "github", "--repository", "a/b"), "no token"),
        (("--review",), "needs a pull request"),
        (("--from", "report.json"), "say how"),
        (("--write", "--dry-run"), "not allowed with"),
    ):
        done = repairlsp("ci", broken, *options, GITHUB_TOKEN="", GH_TOKEN="", REPAIRLSP_TOKEN="")
        assert (done.returncode, said in done.stderr) == (2, True), done.stderr
    done = repairlsp("ci", tmp_path)
    assert (done.returncode, "no git repository" in done.stderr) == (2, True)
