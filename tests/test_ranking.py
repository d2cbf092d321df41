"""The order of verified patches: unmarked, then likely, then small, then early."""

from __future__ import annotations

import pytest

from repairlsp.ranking import Standing, grade_rank, patch_size, standing
from repairlsp.source import SourceText
from repairlsp.types import Candidate, Caution, Edit, LineSpan

SOURCE = SourceText.from_text("def f(a, b):\n    total = a + b\n    return total\n")
SUSPICIOUS = Caution("deleted-statement", "suspicious", "only deletes a statement")
SILENCING = Caution("removed-check", "silencing", "takes out a check")


def edit(start: int, end: int, *lines: str) -> Edit:
    return Edit("m.py", LineSpan(start, end), lines)


def of(
    *edits: Edit, score: float = 0.0, marks: tuple[Caution, ...] = (), found: int = 0
) -> Standing:
    return standing(Candidate(edits, "model", score=score), marks, found, lambda path: SOURCE)


@pytest.mark.parametrize(
    ("edits", "size"),
    [
        ([edit(2, 3, "    total = a - b")], (2, 1)),
        ([edit(2, 3, "    total = a + b", "    total += 1")], (4, 1)),
        ([edit(3, 4)], (2, 1)),
        ([edit(2, 2, "    b = 1")], (3, 1)),
        ([edit(2, 4, "    total = a - b", "    return -total")], (3, 2)),
        ([edit(2, 3, "    total  =  a + b")], (0, 1)),
        ([edit(2, 3, "    total = a - b"), edit(3, 4)], (4, 2)),
    ],
)
def test_the_size_is_in_tokens_and_lines(edits: list[Edit], size: tuple[int, int]) -> None:
    assert patch_size(edits, lambda path: SOURCE) == size


def test_what_decides_comes_in_its_order() -> None:
    small, large = edit(2, 3, "    total = a - b"), edit(2, 3, "    total = max(a, b) * 2")
    in_order = [
        of(large, score=-1),
        of(small, score=-2, found=0),
        of(small, score=-2, found=1),
        of(large, score=-2),
        of(small, score=-9),
        of(small, score=0, marks=(SUSPICIOUS,)),
        of(small, score=0, marks=(SILENCING, SUSPICIOUS)),
    ]
    backwards = in_order[::-1]
    assert sorted(backwards) == in_order


def test_a_grade_is_that_of_the_first_caution() -> None:
    assert [grade_rank(marks) for marks in ((), (SUSPICIOUS,), (SILENCING, SUSPICIOUS))] == [
        0,
        1,
        2,
    ]
