"""What counts as half a repair, and that its pairs come."""

from __future__ import annotations

import pytest

from repairlsp.pairing import Pairing
from repairlsp.types import (
    Candidate,
    Edit,
    Frame,
    LineSpan,
    Outcome,
    TestCase,
    TestRun,
    Validation,
)

ONE, TWO, OTHER = "test_a.py::test_one", "test_a.py::test_two[3]", "test_a.py::test_other"


def single(line: int, score: float = -3.0) -> Candidate:
    return Candidate(
        (Edit("a.py", LineSpan(line, line + 1), ("x",)),), f"template:{line}", score=score
    )


def case(id: str, outcome: Outcome, line: int = 0) -> TestCase:
    function = id.partition("[")[0].rpartition("::")[2]
    frames = (Frame("test_a.py", line, function), Frame("a.py", 3, "f")) if line else ()
    return TestCase(id, outcome, frames=frames)


def run(*cases: TestCase) -> TestRun:
    return TestRun("failed", 1, cases, 0.1)


BEFORE = run(case(ONE, "failed", 5), case(TWO, "failed", 9), case(OTHER, "passed"))


def pairs_after(*cases: TestCase) -> list[str]:
    """The sources of the pairs that the candidate of line 1 brings."""
    found: list[str] = []
    pairing = Pairing(BEFORE, [ONE, TWO])
    pairing.begin_function()
    pairing.add([single(1), single(2)])
    pairing.begin_function()
    pairing.add([single(11)])
    pairing.learn(
        single(1),
        Validation("failing", "", run(*cases)),
        lambda stream: found.extend(one.source for one in stream),
    )
    return found


@pytest.mark.parametrize(
    "cases",
    [
        (case(ONE, "passed"), case(TWO, "failed", 9)),
        (case(ONE, "failed", 6), case(TWO, "failed", 9)),
        (case(ONE, "failed", 5), case(TWO, "failed", 10), case(OTHER, "passed")),
    ],
    ids=["one of two passes", "one comes further", "a parametrized one comes further"],
)
def test_half_a_repair_is_paired_with_everything(cases: tuple[TestCase, ...]) -> None:
    assert pairs_after(*cases) == ["template:1+2", "template:1+11"]


@pytest.mark.parametrize(
    "cases",
    [
        (case(ONE, "failed", 5), case(TWO, "failed", 9)),
        (case(ONE, "failed", 4), case(TWO, "failed", 10)),
        (case(ONE, "failed", 6), case(TWO, "failed")),
        (case(ONE, "passed"), case(TWO, "failed", 9), case(OTHER, "failed", 12)),
    ],
    ids=["the same", "one falls back", "one fails nobody knows where", "another test fails now"],
)
def test_what_only_changes_the_failure_is_none(cases: tuple[TestCase, ...]) -> None:
    assert pairs_after(*cases) == []


def test_pairs_of_one_function_come_when_all_is_known() -> None:
    found: list[Candidate] = []
    pairing = Pairing(BEFORE, [ONE, TWO])
    pairing.begin_function()
    pairing.add([single(1), single(2, -1.0)])
    pairing.begin_function()
    pairing.add([single(11), single(12, -9.0)])
    pairing.complete(found.extend)
    assert [one.source for one in found] == ["template:2+1", "template:11+12"]
