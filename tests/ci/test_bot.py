"""The bot, whole: real repositories, real tests, the shipped templates."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from repairlsp.ci import Job, Report, attend
from repairlsp.errors import BrokenEnvironmentError, UsageError
from repairlsp.types import Limits, RepairRequest
from tests.ci.repositories import (
    GOOD,
    STOCK_TESTS,
    WRONG_SHOP,
    WRONG_STOCK,
    checkout_state,
    commit,
    git,
    repository,
)

PYTEST = ("PYTEST_DISABLE_PLUGIN_AUTOLOAD=1", "pytest", "-q")


def job(folder: Path, *, reruns: int = 1, candidates: int = 10_000, **more: object) -> Job:
    limits = Limits(max_seconds=900, candidates=candidates)  # a busy machine's seconds
    request = RepairRequest(folder, PYTEST, use_model=False, limits=limits)
    return Job(request, reruns=reruns, **more)  # type: ignore[arg-type]


def passes_with(report: Report, folder: Path, fresh: Path) -> bool:
    """Whether `git am` takes the patch on a fresh clone, and the tests pass there."""
    git(folder.parent, "clone", "--quiet", str(folder), str(fresh))
    git(fresh, "checkout", "--quiet", report.commit)
    (fresh.parent / "fix.patch").write_bytes(report.patch)
    git(fresh, "am", "--quiet", str(fresh.parent / "fix.patch"))
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    return subprocess.run(command, cwd=fresh, capture_output=True, check=False).returncode == 0


def test_a_new_failure_gets_a_commit_and_the_checkout_stays_as_it_is(tmp_path: Path) -> None:
    folder = repository(tmp_path / "shop")
    base = git(folder, "rev-parse", "HEAD")
    commit(folder, {"shop.py": WRONG_SHOP})
    (folder / "shop.py").write_text("not what was committed\n")
    (folder / "stock.py").write_text("staged\n")
    git(folder, "add", "stock.py")
    hook = folder / ".git/hooks/post-checkout"
    hook.write_text("#!/bin/sh\ntouch hooked\n")
    hook.chmod(0o755)
    before = checkout_state(folder)
    report = attend(job(folder, base=base))
    assert report.status == "repaired"
    assert checkout_state(folder) == before
    assert {failure.kind for failure in report.failures} == {"new"}
    [fix] = report.fixes
    assert len(fix.tests) == 3
    assert fix.commit == report.tip
    assert passes_with(report, folder, tmp_path / "fresh")
    fresh = tmp_path / "fresh"
    assert git(fresh, "diff", "--name-only", report.commit) == "shop.py"
    message = git(fresh, "log", "-1", "--format=%an%n%B")
    assert message.startswith("repairlsp\nFix shop.py: 3 failing tests pass\n\n")


def test_two_bugs_are_two_commits_proved_together(tmp_path: Path) -> None:
    folder = repository(tmp_path / "shop")
    commit(folder, {"shop.py": WRONG_SHOP, "stock.py": WRONG_STOCK})
    report = attend(job(folder, base="HEAD^"))
    assert report.status == "repaired"
    assert [len(fix.tests) for fix in report.fixes] == [3, 2]
    assert len({fix.commit for fix in report.fixes}) == 2
    assert passes_with(report, folder, tmp_path / "fresh")


@pytest.mark.slow
def test_what_cannot_be_repaired_is_said_and_does_not_hinder_the_rest(tmp_path: Path) -> None:
    impossible = "from shop import area\n\ndef test_odd():\n    assert area(1, 1) != area(1, 1)\n"
    folder = repository(tmp_path / "shop")
    commit(folder, {"shop.py": WRONG_SHOP, "tests/test_odd.py": impossible})
    report = attend(job(folder, base="HEAD^", candidates=100))
    assert report.status == "partly-repaired"
    assert [fix.tests[0] for fix in report.fixes] == ["tests/test_shop.py::test_larger[1-2-2]"]
    [left] = report.unfixed
    assert left.tests == ("tests/test_odd.py::test_odd",)
    assert left.result is not None and left.result.locations[0].path == "shop.py"


def test_old_and_flaky_failures_are_told_apart(tmp_path: Path) -> None:
    # The second fails after the first, and passes by itself.
    shared = """\
import shop

def test_first():
    shop.touched = True

def test_second():
    assert not hasattr(shop, "touched")
"""
    files = {**GOOD, "stock.py": WRONG_STOCK, "tests/test_z.py": shared}
    folder = repository(tmp_path / "shop", files)
    commit(folder, {"shop.py": WRONG_SHOP})
    report = attend(job(folder, base="HEAD^", only_new=True))
    assert report.status == "repaired"
    assert {failure.case.id for failure in report.of_kind("old")} == {
        "tests/test_stock.py::test_left",
        "tests/test_stock.py::test_nothing_sold",
    }
    assert [each.case.id for each in report.of_kind("flaky")] == ["tests/test_z.py::test_second"]
    assert [fix.patch.edits[0].path for fix in report.fixes] == ["shop.py"]


@pytest.mark.slow
def test_a_test_that_fails_later_by_chance_is_not_held_against_a_patch(tmp_path: Path) -> None:
    count = tmp_path / "count"
    count.write_text("0")
    flaky = f"""\
import pathlib

def test_every_other_time():
    count = pathlib.Path({str(count)!r})
    number = int(count.read_text()) + 1
    count.write_text(str(number))
    assert number % 2
"""
    folder = repository(tmp_path / "shop", {**GOOD, "tests/test_z.py": flaky})
    commit(folder, {"shop.py": WRONG_SHOP})
    todo = job(folder, base="HEAD^")
    # Without a sandbox, for the test has to remember how often it ran.
    report = attend(replace(todo, request=replace(todo.request, sandbox="none")))
    assert report.status == "repaired"
    assert [fix.patch.edits[0].path for fix in report.fixes] == ["shop.py"]
    assert "tests/test_z.py::test_every_other_time" in report.notes[-1]


@pytest.mark.slow
def test_a_test_that_the_base_lacks_is_new(tmp_path: Path) -> None:
    files = {name: text for name, text in GOOD.items() if "stock" not in name}
    folder = repository(tmp_path / "shop", files)
    commit(folder, {"stock.py": WRONG_STOCK, "tests/test_stock.py": STOCK_TESTS})
    report = attend(job(folder, base="HEAD^", only_new=True))
    assert [failure.kind for failure in report.failures] == ["new", "new"]
    assert report.status == "repaired"


@pytest.mark.slow
def test_the_commit_that_broke_it_is_found(tmp_path: Path) -> None:
    folder = repository(tmp_path / "shop")
    base = git(folder, "rev-parse", "HEAD")
    for number in range(3):
        commit(folder, {"notes.txt": str(number)}, f"Note {number}")
    culprit = commit(folder, {"shop.py": WRONG_SHOP}, "Simplify larger()")
    for number in range(2):
        commit(folder, {"more.txt": str(number)}, f"More {number}")
    report = attend(job(folder, base=base, bisect=True))
    [fix] = report.fixes
    assert fix.culprit is not None
    assert (fix.culprit.commit, fix.culprit.subject) == (culprit, "Simplify larger()")
    assert f"Broken-by: {culprit} (Simplify larger())" in report.patch.decode()


def test_nothing_is_failing(tmp_path: Path) -> None:
    folder = repository(tmp_path / "shop")
    report = attend(job(folder))
    assert (report.status, report.passed, report.patch) == ("nothing-failing", 8, b"")
    assert report.tip == report.commit


@pytest.mark.slow
def test_a_project_below_the_root_and_a_generated_file(tmp_path: Path) -> None:
    generated = "from _version import NUMBER\n\ndef number():\n    return NUMBER\n"
    below = {f"services/shop/{name}": text for name, text in GOOD.items()}
    root = repository(tmp_path / "all", {**below, "README": "all\n"})
    files = {
        "services/shop/shop.py": WRONG_SHOP,
        "services/shop/numbers_.py": generated,
        "services/shop/tests/test_number.py": "import numbers_\n\ndef test_it():\n    assert 1\n",
    }
    commit(root, files)
    (root / "services/shop/_version.py").write_text("NUMBER = 3\n")  # ignored by git
    report = attend(job(root / "services/shop", base="HEAD^"))
    assert report.status == "repaired"
    assert [len(fix.tests) for fix in report.fixes] == [3]
    assert b"a/services/shop/shop.py" in report.patch


def test_where_nothing_can_be_done_it_says_why(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no git repository"):
        attend(job(tmp_path))
    folder = repository(tmp_path / "empty", {"shop.py": "x = 1\n"})
    with pytest.raises(UsageError, match="no commit"):
        attend(job(folder, base="nowhere"))
    with pytest.raises(BrokenEnvironmentError, match="no tests"):
        attend(job(folder))
