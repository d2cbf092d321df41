"""Bugs with failing tests of their own: two are repaired together, and what repairs some of more is
reported as that."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from repairlsp.engine import repair
from repairlsp.types import Limits, RepairRequest

SHOP = """\
def fits(weight, limit):
    return weight < limit


def heavier(one, other):
    if one < other:
        return one
    return other
"""
THIRD = """

def parcels(goods):
    raise NotImplementedError("packing, by weight and by size")
"""
TESTS = """\
from shop import fits, heavier

def test_fits():
    assert fits(5, 5)

def test_light():
    assert fits(4, 5)

def test_heavy():
    assert not fits(6, 5)

def test_heavier():
    assert heavier(1, 2) == 2

def test_heavier_first():
    assert heavier(3, 2) == 3
"""
TEST_THIRD = """
def test_parcels():
    from shop import parcels

    assert parcels([3, 4, 5, 6]) == [[6, 3], [5, 4]]
"""


@pytest.fixture
def request_(tmp_path: Path) -> RepairRequest:
    (tmp_path / "shop.py").write_text(SHOP)
    (tmp_path / "test_shop.py").write_text(TESTS)
    command = ("PYTEST_DISABLE_PLUGIN_AUTOLOAD=1", "pytest", "-q")
    limits = Limits(max_seconds=600, candidates=150)
    return RepairRequest(tmp_path, command, use_model=False, limits=limits)


def test_two_bugs_are_repaired_together(request_: RepairRequest) -> None:
    result = repair(request_)
    assert result.status == "repaired"
    [patch] = result.patches
    assert (patch.status, patch.before, patch.after) == ("verified", (2, 3), (5, 0))
    assert [edit.span.start for edit in patch.edits] == [2, 6]


@pytest.mark.parametrize("allow_unverified", [False, True])
def test_the_patch_that_repairs_most_tests_is_reported(
    request_: RepairRequest, allow_unverified: bool
) -> None:
    with (request_.project / "shop.py").open("a") as file:
        file.write(THIRD)
    with (request_.project / "test_shop.py").open("a") as file:
        file.write(TEST_THIRD)
    result = repair(replace(request_, allow_unverified=allow_unverified))
    assert result.status == "suggested"
    assert result.message == "repairs 3 of 4 failing tests"
    [patch] = result.patches
    assert patch.status == "unverified"
    assert (patch.before, patch.after) == ((2, 4), (5, 1))


def test_without_the_other_bug_the_same_patch_is_verified(request_: RepairRequest) -> None:
    (request_.project / "shop.py").write_text(SHOP.replace("weight < limit", "weight <= limit"))
    result = repair(request_)
    assert result.status == "repaired"
    assert result.patches[0].status == "verified"
    assert result.patches[0].after == (5, 0)
