"""One paragraph for a patch, from the evidence alone."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from repairlsp.formats import explanation
from repairlsp.formats.explanation import code, subject
from repairlsp.types import Edit, FaultLocation, LineSpan, RepairRequest, RepairResult
from tests.formats.repairs import repair, request_for
from tests.formats.results import BEFORE, FAILING, SILENCING, SUSPICIOUS, partial, patch

LINES = "".join(f"x = {number}\n" for number in range(1, 31))


def edits_told(project: Path, *edits: Edit) -> str:
    """The sentence about the edits."""
    (project / "a.py").write_text(LINES)
    result = repair(project, *edits)
    told = explanation(result.patches[0], result, request_for(project))
    _, _, rest = told.partition("The patch changes ")
    return rest.partition(". With it, ")[0]


@pytest.mark.parametrize(
    ("start", "end", "lines", "told"),
    [
        (3, 4, ("x = 0",), "line 3 of `a.py`: `x = 3` becomes `x = 0`"),
        (3, 3, ("y = 0",), "line 3 of `a.py`: `y = 0` is put above it"),
        (3, 3, ("y", "z"), "line 3 of `a.py`: 2 lines are put above it"),
        (31, 31, ("y = 0",), "the end of `a.py`: `y = 0` is put there"),
        (3, 4, (), "line 3 of `a.py`: `x = 3` is taken out"),
        (3, 5, (), "lines 3 to 4 of `a.py`: 2 lines are taken out"),
        (3, 6, ("y", "z"), "lines 3 to 5 of `a.py`: 3 lines become 2"),
        (3, 4, ("y" * 101,), "line 3 of `a.py`: 1 line becomes 1"),
        (3, 5, ("x = 3", "y"), "line 4 of `a.py`: `x = 4` becomes `y`"),
    ],
)
def test_an_edit_in_words(
    tmp_path: Path, start: int, end: int, lines: tuple[str, ...], told: str
) -> None:
    assert edits_told(tmp_path, Edit("a.py", LineSpan(start, end), lines)) == told


def test_many_edits_in_words(tmp_path: Path) -> None:
    edits = (Edit("a.py", LineSpan(line, line + 1), ("y",)) for line in (1, 8, 15, 22, 29))
    assert edits_told(tmp_path, *edits) == (
        "line 1 of `a.py`: `x = 1` becomes `y`; and line 8 of `a.py`: `x = 8` becomes `y`; and "
        "line 15 of `a.py`: `x = 15` becomes `y`; and 2 more places"
    )


def test_the_evidence_is_that_of_the_most_suspicious_line(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(LINES)
    result = repair(tmp_path, Edit("a.py", LineSpan(3, 6), ("y", "z")))
    locations = (
        FaultLocation("a.py", 4, 0.5, f"raised in {FAILING.id}"),
        FaultLocation("a.py", 5, 0.2, "executed by 1 failing test and by 9 that pass"),
        FaultLocation("a.py", 9, 0.9, "not in the patch"),
    )
    result = dataclasses.replace(result, locations=locations)
    told = explanation(result.patches[0], result, request_for(tmp_path))
    assert (
        "lines 3 to 5 of `a.py`, the most suspicious being line 4 of `a.py` "
        "(raised in the failing test): 3 lines become 2." in told
    )


def test_only_the_tests_that_were_asked_for_are_told(
    repaired: RepairResult, request_: RepairRequest
) -> None:
    cases = tuple(
        dataclasses.replace(FAILING, id=name)
        for name in ("t.py::test_a", "t.py::test_b[1]", "t.py::test_b[2]", "t.py::test_bc")
    )
    result = dataclasses.replace(repaired, before=dataclasses.replace(BEFORE, cases=cases))
    asked = dataclasses.replace(request_, tests=("t.py::test_b",))
    told = explanation(patch(), result, asked)
    assert told.startswith("`t.py::test_b[1]` fails with ")
    assert ", and 1 other test fails too." in told


def test_what_is_not_proved_is_not_claimed(
    suggested: RepairResult, repaired: RepairResult, request_: RepairRequest
) -> None:
    told = explanation(suggested.patches[0], suggested, request_)
    assert "No test has checked it." in told
    assert "With it" not in told
    assert subject(suggested.patches[0], suggested, request_) == "Unverified fix in shop/pricing.py"
    told = explanation(partial(), repaired, request_)
    assert "With it, 1 of 2 failing tests, none broke, run twice; the others still fail." in told


def test_what_speaks_against_it_comes_last(repaired: RepairResult, request_: RepairRequest) -> None:
    told = explanation(patch(cautions=(SILENCING, SUSPICIOUS)), repaired, request_)
    assert told.endswith(
        "Caution: this patch takes out a check: the tests pass, the fault is most likely still "
        "there."
    )


def test_a_subject_fits_its_line(repaired: RepairResult, request_: RepairRequest) -> None:
    def of(path: str, test: str) -> str:
        case = dataclasses.replace(FAILING, id=f"t.py::{test}")
        edited = dataclasses.replace(patch(), edits=(Edit(path, LineSpan(3, 4), ()),))
        before = dataclasses.replace(BEFORE, cases=(case,))
        return subject(edited, dataclasses.replace(repaired, before=before), request_)

    assert of("shop/pricing.py", "test_a") == "Fix shop/pricing.py: test_a passes"
    assert of("a/" * 40 + "b.py", "test_a") == "Fix b.py: test_a passes"
    assert of("a/b.py", "test_" + "a" * 70) == "Fix b.py"
    assert of("b" * 80, "test_a") == "Fix"


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("a", "`a`"),
        ("a`b", "``a`b``"),
        ("`a`` ", "``` `a`` ```"),
        ("a\n b\tc", "`a b c`"),
        ("\x1b", "`\\x1b`"),
    ],
)
def test_code_spans_hold_whatever_they_hold(text: str, span: str) -> None:
    assert code(text) == span
