"""Two bugs, each with a failing test of its own: what repairs one of them is reported as that."""

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


@pytest.fixture
def request_(tmp_path: Path) -> RepairRequest:
    (tmp_path / "shop.py").write_text(SHOP)
    (tmp_path / "test_shop.py").write_text(TESTS)
    command = ("PYTEST_DISABLE_PLUGIN_AUTOLOAD=1", "pytest", "-q")
    limits = Limits(max_seconds=600, candidates=60)
    return RepairRequest(tmp_path, command, use_model=False, limits=limits)


@pytest.mark.parametrize("allow_unverified", [False, True])
def test_the_patch_that_repairs_most_tests_is_reported(
    request_: RepairRequest, allow_unverified: bool
) -> None:
    result = repair(replace(request_, allow_unverified=allow_unverified))
    assert result.status == "suggested"
    assert result.message == "repairs 2 of 3 failing tests"
    [patch] = result.patches
    assert patch.status == "unverified"
    assert (patch.before, patch.after) == ((2, 3), (4, 1))
    assert patch.edits[0].span.start in range(5, 9)


def test_without_the_other_bug_the_same_patch_is_verified(request_: RepairRequest) -> None:
    (request_.project / "shop.py").write_text(SHOP.replace("weight < limit", "weight <= limit"))
    result = repair(request_)
    assert result.status == "repaired"
    assert result.patches[0].status == "verified"
    assert result.patches[0].after == (5, 0)
