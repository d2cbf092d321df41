"""Results about files that are there: patches made of real edits, as the engine makes them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from repairlsp.outcome import patch_of
from repairlsp.source import SourceText
from repairlsp.types import (
    Candidate,
    Edit,
    Patch,
    RepairRequest,
    RepairResult,
    TestCase,
    TestRun,
)
from tests.formats.results import BEFORE, COUNTS, FAILING, PASSING, STAGES


def repair(project: Path, *edits: Edit, failing: TestCase = FAILING) -> RepairResult:
    """A repair by `edits` of the project's files."""
    before = BEFORE if failing is FAILING else TestRun("failed", 1, (*PASSING, failing), 1.0)
    patch = verified(lambda path: SourceText.from_bytes((project / path).read_bytes()), *edits)
    return RepairResult("repaired", (patch,), before, (), COUNTS, STAGES, 1.0)


def verified(sources: Callable[[str], SourceText], *edits: Edit) -> Patch:
    """A verified patch."""
    after = TestRun("passed", 0, (*PASSING, TestCase(FAILING.id, "passed")), 1.0)
    return patch_of(
        Candidate(edits, "template:off-by-one"),
        sources,
        rank=1,
        seconds=1.0,
        status="verified",
        before=BEFORE,
        after=after,
    )


def request_for(project: Path) -> RepairRequest:
    return RepairRequest(project, ("pytest", "-q"))
