"""Pairs of edits in the search: halves are recognised by what the tests say about them.

Most pairs are guesses. But a single edit that makes one of two failing tests pass, or lets a test
come further before it fails, is very likely one half of the repair: what it leaves is searched
again with it in place.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import PurePosixPath

from repairlsp.generate.pairs import pairs, with_half
from repairlsp.types import Candidate, Edit, TestCase, TestRun, Validation

Queue = Callable[[Iterator[Candidate]], None]
"""Takes a stream of candidates, best first: `Search.add_stream`."""
_REPAIRED = -0.5
"""Score of a half that makes a failing test pass: that it is right is likelier than not."""
_FURTHER = -1.5
"""Score of a half with which a failing test only comes further: less is known."""
_HALVES = 12
"""Halves in one search. More of them mean that the sign says nothing here."""
_SINGLES = 400
"""Candidates of a function that are paired, the first ones: they come in about their order."""


class Pairing:
    """Queues pairs of the candidates that it is told of. Used by all slots at once."""

    def __init__(self, before: TestRun, targets: Sequence[str]) -> None:
        self._before = {case.id: case for case in before.cases}
        self._targets = targets
        self._functions: list[dict[tuple[Edit, ...], Candidate]] = []
        self._halves: dict[Candidate, float] = {}
        self._lock = threading.Lock()

    def begin_function(self) -> None:
        """The candidates that come now are for another function."""
        with self._lock:
            self._functions.append({})

    def add(self, candidates: Iterable[Candidate]) -> None:
        """Know these candidates, by their newest score."""
        with self._lock:
            function = self._functions[-1]
            for candidate in candidates:
                if len(function) < _SINGLES or candidate.edits in function:
                    function[candidate.edits] = candidate

    def complete(self, queue: Queue) -> None:
        """Every candidate is known: queue their pairs."""
        with self._lock:
            halves = dict(self._halves)
        for half, score in halves.items():
            queue(with_half(half, score, self._known()))
        queue(pairs([function.values() for function in self._functions]))

    def learn(self, candidate: Candidate, validation: Validation, queue: Queue) -> None:
        """Queue the pairs of a candidate that turns out to be a half."""
        if len(candidate.edits) > 1 or validation.verdict != "failing" or validation.run is None:
            return
        score = self._score(validation.run)
        with self._lock:
            if score is None or len(self._halves) >= _HALVES or candidate in self._halves:
                return
            self._halves[candidate] = score
            known = self._known()
        queue(with_half(candidate, score, known))

    def _known(self) -> list[Candidate]:
        return [one for function in self._functions for one in function.values()]

    def _score(self, after: TestRun) -> float | None:
        """That of a half; None where something got worse, or nothing better."""
        further = False
        found = {case.id: case for case in after.cases}
        if any(
            case.outcome in ("failed", "error") and self._before[id].outcome == "passed"
            for id, case in found.items()
            if id in self._before
        ):
            return None
        targets = [found[target] for target in self._targets if target in found]
        if any(case.outcome == "passed" for case in targets):
            return _REPAIRED
        for case in targets:
            old, new = _reached(self._before[case.id]), _reached(case)
            if old is None or new is None or new < old:
                return None
            further = further or new > old
        return _FURTHER if further else None


def _reached(case: TestCase) -> int | None:
    """The line of the test function at which it failed; None where that is not known."""
    file = PurePosixPath(case.id.partition("::")[0])
    name = case.id.partition("[")[0].rpartition("::")[2]
    for frame in case.frames:
        if PurePosixPath(frame.path) == file and frame.function == name:
            return frame.line
    return None
