"""The patches that the search has proved so far: what speaks against each, which is the best, and
whether to go on looking for a better one."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from repairlsp.outcome import Sources, patch_of
from repairlsp.overfitting import Failure, cautions_of
from repairlsp.ranking import Standing, grade_rank, standing
from repairlsp.stopwatch import Stopwatch
from repairlsp.types import Candidate, Coverage, Patch, PatchStatus, TestRun

_MORE_SECONDS = 5.0
"""The least that a search goes on for: most of what it finds, it finds among the first hundreds of
candidates, which takes a few seconds."""


@dataclass(frozen=True, slots=True)
class _Find:
    standing: Standing
    patch: Patch


class Finds:
    """Gathers verified patches, from any thread, until `enough`.

    `wanted` patches that nothing speaks against are enough. Where that many were found but some are
    marked, the search goes on for as long again as it took, and at least some seconds. `run` and
    `coverage` are those of the tests before any patch.
    """

    def __init__(
        self, run: TestRun, coverage: Coverage, sources: Sources, wanted: int, watch: Stopwatch
    ) -> None:
        self._run, self._coverage, self._sources = run, coverage, sources
        self._wanted, self._watch, self._began = wanted, watch, watch.seconds
        self._found: list[_Find] = []
        self._until: float | None = None
        self._lock = threading.Lock()

    def add(self, candidate: Candidate, after: TestRun | None) -> Patch:
        """Take a verified patch; `after` is the run that proved it."""
        find = self._find(candidate, after, "verified")
        with self._lock:
            self._found.append(find)
            if len(self._found) == self._wanted:
                now = self._watch.seconds
                self._until = now + max(now - self._began, _MORE_SECONDS)
        return find.patch

    def partial(self, candidate: Candidate, after: TestRun | None) -> Patch:
        """A patch that makes some of the failing tests pass, which no proof is."""
        return self._find(candidate, after, "unverified").patch

    def grade(self, candidate: Candidate) -> int:
        """How much speaks against a candidate: 0 for nothing, more for what is worse."""
        return grade_rank(cautions_of(candidate.edits, self._sources, self._failure))

    def enough(self) -> bool:
        """Whether to stop. Cheap, for it is asked all the time."""
        with self._lock:
            unmarked = sum(not find.patch.cautions for find in self._found)
            late = self._until is not None and self._watch.seconds >= self._until
        return unmarked >= self._wanted or late

    @property
    def patches(self) -> tuple[Patch, ...]:
        """The best `wanted` patches, ranked, without those that do more than another needed to."""
        with self._lock:
            found = sorted(self._found, key=lambda find: find.standing)
        proved = [frozenset(find.patch.edits) for find in found]
        needed = [
            find.patch
            for find, edits in zip(found, proved, strict=True)
            if not any(fewer < edits for fewer in proved)
        ]
        return _ranked(needed[: self._wanted])

    def _find(self, candidate: Candidate, after: TestRun | None, status: PatchStatus) -> _Find:
        cautions = cautions_of(candidate.edits, self._sources, self._failure)
        patch = patch_of(
            candidate,
            self._sources,
            rank=1,
            seconds=self._watch.seconds,
            status=status,
            before=self._run,
            after=after,
            cautions=cautions,
        )
        return _Find(standing(candidate, cautions, len(self._found), self._sources), patch)

    @cached_property
    def _failure(self) -> Failure:
        """Read when the first patch is found: most searches end without one."""
        return Failure.of(self._run, self._coverage, self._sources)


def _ranked(patches: Sequence[Patch]) -> tuple[Patch, ...]:
    return tuple(replace(patch, rank=rank) for rank, patch in enumerate(patches, 1))
