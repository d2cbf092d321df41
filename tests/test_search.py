"""The search: best first, each program once, every slot busy, ended at once."""

import threading

import pytest

from repairlsp.search import Search
from repairlsp.types import Candidate, Edit, LineSpan, Validation

GOOD = Validation("plausible", "")
BAD = Validation("failing", "")


def candidate(name: str, score: float = 0.0) -> Candidate:
    return Candidate((Edit("a.py", LineSpan(1, 2), (name,)),), "model", score=score)


def name(candidate: Candidate) -> str:
    return candidate.edits[0].lines[0]


class Recorder:
    """A validation that takes note, and finds plausible what is called `good`."""

    def __init__(self) -> None:
        self.tried: list[str] = []

    def __call__(self, candidate: Candidate, slot: str) -> Validation:
        self.tried.append(name(candidate))
        return GOOD if name(candidate).startswith("good") else BAD


def search(
    validate: Recorder, slots: int = 1, wanted: int = 1, limit: int = 99, stop: bool = False
) -> Search[str]:
    event = threading.Event()
    if stop:
        event.set()
    return Search(
        [f"slot {n}" for n in range(slots)],
        validate,
        lambda one: None if name(one) == "bad syntax" else name(one),
        enough=lambda found: len(found) >= wanted,
        limit=limit,
        stop=event,
    )


def test_the_best_candidates_come_first() -> None:
    recorder = Recorder()
    searching = search(recorder)
    searching.add([candidate("c", 1), candidate("b", 2), candidate("a", 3)])
    searching.close()
    assert recorder.tried == ["a", "b", "c"]


def test_the_same_program_is_tried_once_and_bad_ones_never() -> None:
    recorder = Recorder()
    searching = search(recorder, slots=2)
    searching.add([candidate("a"), candidate("a"), candidate("bad syntax")])
    searching.close()
    assert recorder.tried == ["a"]
    counts = {"generated": 3, "duplicate": 1, "rejected": 1, "validated": 1, "by_process": 1}
    assert searching.counts == counts


def test_it_ends_when_enough_are_plausible() -> None:
    recorder = Recorder()
    searching = search(recorder, wanted=2)
    searching.add(candidate(f"good {n}", -n) for n in range(9))
    searching.close()
    assert recorder.tried == ["good 0", "good 1"]
    assert [name(found.candidate) for found in searching.plausible] == ["good 0", "good 1"]


def test_it_ends_at_its_limit() -> None:
    recorder = Recorder()
    searching = search(recorder, limit=3)
    searching.add(candidate(f"a {n}") for n in range(9))
    searching.close()
    assert len(recorder.tried) == 3


def test_it_does_nothing_when_stopped() -> None:
    recorder = Recorder()
    searching = search(recorder, stop=True)
    searching.add([candidate("good")])
    searching.close()
    assert recorder.tried == []


def test_both_slots_work_at_the_same_time() -> None:
    together = threading.Barrier(2, timeout=20)

    class Meeting(Recorder):
        def __call__(self, candidate: Candidate, slot: str) -> Validation:
            together.wait()
            return BAD

    searching = search(Meeting(), slots=2)
    searching.add([candidate("a"), candidate("b")])
    searching.close()
    assert searching.counts["validated"] == 2


def test_what_a_validation_raises_ends_the_search_and_is_raised() -> None:
    class Broken(Recorder):
        def __call__(self, candidate: Candidate, slot: str) -> Validation:
            raise OSError("no space left")

    searching = search(Broken(), slots=2)
    searching.add(candidate(f"a {n}") for n in range(9))
    with pytest.raises(OSError, match="no space left"):
        searching.close()
