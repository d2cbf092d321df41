"""What an editor is told of a patch: what proves it, what speaks against it, if it is preferred."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from lsprotocol import types

from repairlsp.server.asking import Question
from repairlsp.server.client import Client
from repairlsp.server.configuration import Configuration
from repairlsp.server.documents import Document
from repairlsp.server.scene import Scene
from repairlsp.server.suggestion import Fix, fix_of
from repairlsp.server.targets import Lines, Target
from repairlsp.types import Caution, Edit, LineSpan, Patch, RepairResult
from repairlsp.types import TestCounts as Counts  # pytest would collect it by its name
from tests.server.test_client import capabilities

SILENCING = Caution("removed-check", "silencing", "takes out a check")
SUSPICIOUS = Caution("deleted-statement", "suspicious", "only deletes a statement")
VERIFIED = Patch(
    diff="",
    edits=(Edit("ages.py", LineSpan(2, 3), ("    return age >= 18",)),),
    status="verified",
    source="model",
    rank=1,
    log_likelihood=None,
    before=Counts(2, 3),
    after=Counts(5, 0),
    seconds=1.0,
)
PARTIAL = replace(VERIFIED, status="unverified", after=Counts(4, 1))
UNPROVED = replace(VERIFIED, status="unverified", before=None, after=None)


def told(patch: Patch, message: str = "") -> tuple[Fix, types.ChangeAnnotation]:
    text = "def is_adult(age):\n    return age > 18\n"
    uri = "file:///project/ages.py"
    document = Document.opened(types.TextDocumentItem(uri, "python", 1, text))
    file, project = Path("/project/ages.py"), Path("/project")
    target = Target(uri, 1, Lines(1, 2))
    asked = Question(target, document, file, Scene(project, {file: document}, Configuration()))
    status = "repaired" if patch.status == "verified" else "suggested"
    result = RepairResult(status, (patch,), None, (), {}, {}, 1.0, message)
    client = Client.from_params(capabilities("visual_studio_code_v1.65.2"))
    fix = fix_of(result, asked, client)
    assert isinstance(fix, Fix)
    [annotation] = (fix.edit.change_annotations or {}).values()
    return fix, annotation


@pytest.mark.parametrize(
    ("patch", "proof", "preferred", "confirm"),
    [
        (VERIFIED, "verified by 5 tests", True, False),
        (
            replace(VERIFIED, cautions=(SUSPICIOUS,)),
            "verified by 5 tests, but it only deletes a statement",
            False,
            False,
        ),
        (
            replace(VERIFIED, cautions=(SILENCING, SUSPICIOUS)),
            "verified by 5 tests, but it takes out a check",
            False,
            True,
        ),
        (PARTIAL, "partial: 2 of 3 failing tests pass", False, True),
        (UNPROVED, "not verified by any test", False, True),
    ],
)
def test_only_a_proved_patch_that_nothing_speaks_against_is_preferred(
    patch: Patch, proof: str, preferred: bool, confirm: bool
) -> None:
    fix, annotation = told(patch)
    assert (fix.proof, fix.preferred) == (proof, preferred)
    assert (annotation.label, annotation.needs_confirmation) == (proof, confirm)


def test_a_remark_says_why_nothing_was_proved() -> None:
    fix, annotation = told(UNPROVED, "the tests ran longer than 5 s")
    assert fix.remark == annotation.description == "the tests ran longer than 5 s"
    assert told(PARTIAL, "repairs 2 of 3 failing tests")[0].remark == ""
