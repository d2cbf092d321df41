"""One result of every status."""

from __future__ import annotations

from pathlib import Path

import pytest

from repairlsp.types import RepairRequest, RepairResult, TestRun
from tests.formats.results import BEFORE, COUNTS, LOCATIONS, PASSING, STAGES, patch


@pytest.fixture
def request_() -> RepairRequest:
    return RepairRequest(Path("/somewhere"), ("pytest", "-q"))


@pytest.fixture
def repaired() -> RepairResult:
    return RepairResult("repaired", (patch(),), BEFORE, LOCATIONS, COUNTS, STAGES, 6.21)


@pytest.fixture
def not_repaired() -> RepairResult:
    return RepairResult("not-repaired", (), BEFORE, LOCATIONS, COUNTS, STAGES, 60.4)


@pytest.fixture
def nothing_failing() -> RepairResult:
    run = TestRun("passed", 0, PASSING, 1.0)
    return RepairResult("nothing-failing", (), run, (), {}, {"test": 1.0}, 1.2)


@pytest.fixture
def suggested() -> RepairResult:
    return RepairResult("suggested", (patch(verified=False),), None, (), COUNTS, STAGES, 2.0)
