"""The repositories that the CI bot is tried on: their catalogue, and how one is built, without any
download."""

from __future__ import annotations

import tarfile
from dataclasses import replace
from pathlib import Path

import pytest
from real_packages.cases import CaseError
from real_repositories.building import FLAKY, build, git
from real_repositories.cases import Slip, load

CASES = load()


def test_what_the_catalogue_promises() -> None:
    assert len(CASES) >= 10
    assert len({case.name for case in CASES}) == len(CASES)
    assert sum(len(case.slips) == 2 for case in CASES) >= 2
    assert sum(case.flaky for case in CASES) >= 2
    assert sum(case.expect == "not-repaired" for case in CASES) >= 2


def test_a_repository_has_its_bugs_as_commits(tmp_path: Path) -> None:
    source = tmp_path / "shop-1"
    (source / "tests").mkdir(parents=True)
    (source / "shop.py").write_text("A = 1\nB = 2\n")
    with tarfile.open(tmp_path / "shop.tar.gz", "w:gz") as archive:
        archive.add(source, "shop-1")
    slips = (Slip("shop.py", "A = 1", "A = 3", "a"), Slip("shop.py", "B = 2", "B = 4", "b"))
    case = replace(CASES[0], slips=slips, flaky=True)
    made = build(case, tmp_path / "shop.tar.gz", tmp_path / "made")
    assert git(made, "log", "--format=%s", "--reverse").splitlines() == [
        "Release",
        "Note one",
        "Rework shop.py",
        "Rework shop.py",
        "Note two",
    ]
    assert (made / "shop.py").read_text() == "A = 3\nB = 4\n"
    assert (made / "tests" / FLAKY).is_file()
    twice = replace(case, slips=(Slip("shop.py", " = ", " == ", "c"),))
    with pytest.raises(CaseError, match="2 times"):
        build(twice, tmp_path / "shop.tar.gz", tmp_path / "again")
