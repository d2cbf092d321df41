"""The search: best first, each program once, every slot busy, ended at once."""

import threading
from collections.abc import Iterator

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
        lambda one: None if name(one) == "bad syntax" else name(one).strip(),
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
    searching.add([candidate("a"), candidate("a "), candidate("bad syntax")])
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


def test_a_stream_is_made_as_its_turn_comes() -> None:
    made: list[str] = []

    def stream() -> Iterator[Candidate]:
        for number in range(1, 100):
            made.append(f"pair {number}")
            yield candidate(f"pair {number}", -number)

    recorder = Recorder()
    searching = search(recorder, limit=5)
    searching.add([candidate("a", 0), candidate("b", -1.5), candidate("c", -9)])
    searching.add_stream(stream())
    searching.close()
    assert [one for one in recorder.tried if not one.startswith("pair")] == ["a", "b"]
    assert [one for one in recorder.tried if one.startswith("pair")] == made[:3]
    assert len(made) == 4
    assert searching.counts["generated"] == 7


def test_what_waits_already_gets_its_new_score() -> None:
    class Judging(Recorder):
        def __call__(self, candidate_: Candidate, slot: str) -> Validation:
            if not self.tried:
                searching.add([candidate("first", 9), candidate("a", 0), candidate("c", 5)])
            return super().__call__(candidate_, slot)

    recorder = Judging()
    searching = search(recorder)
    searching.add([candidate("first", 4), candidate("a", 3), candidate("b", 2), candidate("c", 1)])
    searching.close()
    assert recorder.tried == ["first", "c", "b", "a"]
    assert searching.counts["generated"] == 4


class Slow(Recorder):
    """Children run out of time for `slow`, processes do not."""

    def __call__(self, candidate: Candidate, slot: str) -> Validation:
        super().__call__(candidate, slot)
        if name(candidate).startswith("slow") and not searching_of[0].is_retry(candidate):
            return Validation("timeout", "", checked_by="swap")
        return GOOD if name(candidate).startswith("slow") else BAD


searching_of: list[Search[str]] = []


def test_what_ran_out_of_a_childs_time_gets_a_second_chance_later() -> None:
    recorder = Slow()
    searching_of[:] = [search(recorder)]
    some = [("slow 1", 3), ("slow 2", 2), ("a", 0), ("b", -9)]
    searching_of[0].add(candidate(name, score) for name, score in some)
    searching_of[0].close()
    assert recorder.tried == ["slow 1", "slow 2", "a", "slow 1"]  # before what nobody believes in
    counts = {"generated": 4, "validated": 3, "by_swap": 2, "by_process": 1, "retried": 1}
    assert searching_of[0].counts == counts


def test_what_ran_out_of_a_processs_time_gets_none() -> None:
    class Endless(Recorder):
        def __call__(self, candidate: Candidate, slot: str) -> Validation:
            super().__call__(candidate, slot)
            return Validation("timeout", "")

    recorder = Endless()
    searching = search(recorder)
    searching.add([candidate("a")])
    searching.close()
    assert recorder.tried == ["a"]


def test_what_a_validation_raises_ends_the_search_and_is_raised() -> None:
    class Broken(Recorder):
        def __call__(self, candidate: Candidate, slot: str) -> Validation:
            raise OSError("no space left")

    searching = search(Broken(), slots=2)
    searching.add(candidate(f"a {n}") for n in range(9))
    with pytest.raises(OSError, match="no space left"):
        searching.close()


def test_nothing_else_is_begun_while_a_candidate_is_proved() -> None:
    other_begun = threading.Event()

    class Proving(Recorder):
        def __call__(self, candidate_: Candidate, slot: str) -> Validation:
            if name(candidate_) == "b":
                other_begun.set()
                return BAD
            with searching.alone():
                maker.start()
                assert not other_begun.wait(timeout=0.3)
            return BAD

    searching = search(Proving(), slots=2)
    maker = threading.Thread(target=lambda: searching.add([candidate("b")]))
    searching.add([candidate("a")])
    assert other_begun.wait(timeout=20)
    maker.join()
    searching.close()
    assert searching.counts["validated"] == 2
