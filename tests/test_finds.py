"""When the search has found enough, and what it reports then."""

from __future__ import annotations

from repairlsp.finds import Finds
from repairlsp.source import SourceText
from repairlsp.stopwatch import Stopwatch
from repairlsp.types import Candidate, Edit, LineSpan, TestCase, TestRun

FILES = {
    "m.py": SourceText.from_text("def double(x):\n    return x + 2\n"),
    "test_m.py": SourceText.from_text(
        "from m import double\n\ndef test_double():\n    assert double(3) == 6\n"
    ),
}
BEFORE = TestRun("failed", 1, (TestCase("test_m.py::test_double", "failed", "AssertionError"),), 1)
AFTER = TestRun("passed", 0, (TestCase("test_m.py::test_double", "passed"),), 1)


class Clock(Stopwatch):
    """A stopwatch that is set by hand."""

    now = 10.0

    @property
    def seconds(self) -> float:
        return self.now


def candidate(*lines: str, score: float = 0.0) -> Candidate:
    return Candidate((Edit("m.py", LineSpan(2, 3), lines),), "model", score=score)


HONEST = candidate("    return x * 2", score=-3)
LARGER = candidate("    return x + abs(x)", score=-1)
SUSPICIOUS = candidate("    return x | 4", score=0)
SILENCING = candidate("    return 6", score=0)


def finds(clock: Clock, wanted: int = 1) -> Finds:
    return Finds(BEFORE, {}, FILES.__getitem__, wanted, clock)


def found(searched: Finds) -> list[str]:
    return [patch.edits[0].lines[0].strip() for patch in searched.patches]


def test_an_honest_patch_is_enough_at_once() -> None:
    searched = finds(Clock())
    assert not searched.enough()
    patch = searched.add(HONEST, AFTER)
    assert (patch.status, patch.cautions, patch.seconds) == ("verified", (), 10.0)
    assert (patch.before, patch.after) == ((0, 1), (1, 0))
    assert searched.enough()


def test_after_a_marked_one_it_looks_on_for_at_least_some_seconds() -> None:
    clock = Clock()
    searched = finds(clock)
    clock.now = 11.0
    assert searched.add(SILENCING, AFTER).grade == "silencing"
    assert not searched.enough()
    clock.now = 15.9
    assert not searched.enough()
    clock.now = 16.0
    assert searched.enough()
    assert found(searched) == ["return 6"]


def test_it_looks_on_for_as_long_as_it_took() -> None:
    clock = Clock()
    searched = finds(clock)
    clock.now = 30.0
    searched.add(SUSPICIOUS, AFTER)
    clock.now = 49.9
    assert not searched.enough()
    searched.add(SILENCING, AFTER)  # another marked one does not prolong it
    clock.now = 50.0
    assert searched.enough()


def test_a_better_one_is_reported_instead() -> None:
    searched = finds(Clock())
    searched.add(SILENCING, AFTER)
    assert not searched.enough()
    searched.add(HONEST, AFTER)
    assert searched.enough()
    assert found(searched) == ["return x * 2"]


def test_several_are_ranked() -> None:
    searched = finds(Clock(), wanted=4)
    for one in (SILENCING, LARGER, SUSPICIOUS):
        searched.add(one, AFTER)
    assert not searched.enough()
    searched.add(HONEST, AFTER)
    assert found(searched) == ["return x + abs(x)", "return x * 2", "return x | 4", "return 6"]
    assert [patch.rank for patch in searched.patches] == [1, 2, 3, 4]
    assert not searched.enough()  # two of them are marked: there is some time left for others


def test_a_second_edit_that_is_not_needed_is_left_out() -> None:
    searched = finds(Clock(), wanted=3)
    superfluous = Edit("m.py", LineSpan(1, 1), ("import math",))
    searched.add(Candidate((superfluous, *HONEST.edits), "template:a+b", score=3), AFTER)
    searched.add(HONEST, AFTER)
    assert [patch.edits for patch in searched.patches] == [HONEST.edits]


def test_a_partial_repair_is_not_verified() -> None:
    patch = finds(Clock()).partial(HONEST, AFTER)
    assert (patch.status, patch.after) == ("unverified", (1, 0))


def test_the_grade_of_a_candidate_needs_no_run() -> None:
    searched = finds(Clock())
    assert [searched.grade(one) for one in (HONEST, SUSPICIOUS, SILENCING)] == [0, 1, 2]
