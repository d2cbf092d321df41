"""`repairlsp fix` where the tests can only be silenced, where only some can be repaired, and where
several patches are asked for."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.cli.command import repairlsp, snapshot

# No guard of any number of rows is right, so that all that helps is to take it out.
GUARDED = """\
def load(rows):
    if len(rows) > 2:
        raise ValueError("too many rows")
    return list(rows)
"""
LOADING = """\
import pytest
from shop import load


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 5, 50, 3000])
def test_load(count):
    assert load(range(count)) == list(range(count))
"""
TWO_BUGS = """\
def fits(weight, limit):
    return weight < limit


def heavier(one, other):
    if one < other:
        return one
    return other
"""
WEIGHING = """\
from shop import fits, heavier


def test_fits():
    assert fits(5, 5) and fits(4, 5) and not fits(6, 5)


def test_heavier():
    assert heavier(1, 2) == 2 and heavier(4, 3) == 4
"""
HOPELESS = """

def parcels(goods):
    raise NotImplementedError("packing, by weight and by size")
"""
PACKING = """

def test_parcels():
    from shop import parcels

    assert parcels([3, 4, 5, 6]) == [[6, 3], [5, 4]]
"""
BOUNDED = ("--max-seconds", "600", "--candidates", "60")


def make(folder: Path, source: str, tests: str) -> Path:
    folder.mkdir()
    (folder / "shop.py").write_text(source)
    (folder / "test_shop.py").write_text(tests)
    return folder


@pytest.fixture
def guarded(tmp_path: Path) -> Path:
    return make(tmp_path / "guarded", GUARDED, LOADING)


def test_a_patch_that_only_silences_is_told_at_once_and_applied_with_a_warning(
    guarded: Path,
) -> None:
    done = repairlsp("fix", guarded, *BOUNDED, "--apply")
    assert done.returncode == 0
    verdict, warning, *_ = done.stdout.splitlines()
    assert verdict == "Most likely only silenced: shop.py"
    assert warning.startswith("  warning     this patch ")
    assert "  applied     to shop.py\n" in done.stdout
    assert (guarded / "shop.py").read_text() != GUARDED
    first, *diff, last = done.stderr.splitlines()
    assert first.startswith("repairlsp: a patch of shop.py passes the tests, but it ")
    assert "  --- a/shop.py" in diff
    assert last.startswith("repairlsp: warning: this patch ")


def test_the_diff_of_a_doubtful_patch_can_be_applied(guarded: Path) -> None:
    done = repairlsp("fix", guarded, *BOUNDED, "--output-format", "diff")
    assert done.stdout.startswith("# repairlsp: this patch ")
    assert "\nrepairlsp: warning: this patch " in done.stderr
    subprocess.run(["git", "apply", "-"], input=done.stdout, text=True, cwd=guarded, check=True)
    assert (guarded / "shop.py").read_text() != GUARDED


def test_a_partial_repair_is_shown_and_never_applied(tmp_path: Path) -> None:
    project = make(tmp_path / "three", TWO_BUGS + HOPELESS, WEIGHING + PACKING)
    before = snapshot(project)
    done = repairlsp("fix", project, *BOUNDED, "--apply")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("Partly repaired: shop.py\n")
    assert " of 3 failing tests, none broke, run twice; the others" in done.stdout
    assert "applied" not in done.stdout
    assert snapshot(project) == before


def test_several_patches_are_ranked(tmp_path: Path) -> None:
    tests = WEIGHING.replace("fits(5, 5) and", "fits(4, 4) and")
    project = make(tmp_path / "several", TWO_BUGS.replace("one < other", "one > other"), tests)
    done = repairlsp("fix", project, *BOUNDED, "--patches", "3", "--output-format", "json")
    assert done.returncode == 0
    patches = json.loads(done.stdout)["patches"]
    assert [patch["rank"] for patch in patches] == list(range(1, len(patches) + 1))
    assert 2 <= len(patches) <= 3
    grades = [patch["cautions"][0]["grade"] if patch["cautions"] else "" for patch in patches]
    assert grades == sorted(grades, key=["", "suspicious", "silencing"].index)
    assert "looking on" in done.stderr
