"""The search: candidates wait in one queue, best first, while every slot validates one of them."""

from __future__ import annotations

import heapq
import itertools
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Generic, NamedTuple, TypeVar

from repairlsp.types import CancelToken, Candidate, Edit, Validation

_RETRIES = 10
"""Second chances in one search: an endless loop takes seconds of each."""
_LATER = 4.0
"""How far behind its score the second chance comes: most of what took too long never ends."""
_POLL_SECONDS = 0.1
"""`stop` is set without a notice."""
Slot = TypeVar("Slot")
"""What one validation needs for itself: a working copy of the project."""


class Found(NamedTuple):
    """A validated candidate that passed, or nearly."""

    candidate: Candidate
    validation: Validation


class _Waiting(NamedTuple):
    """A place in the queue: the best first, of equals the oldest."""

    cost: float
    age: int
    candidate: Candidate
    rest: Iterator[Candidate] | None = None
    """What comes after it in its stream."""
    is_retry: bool = False


class Search(Generic[Slot]):
    """Validates candidates as they come, on one thread per slot, until it has found `enough`.

    `validate(candidate, slot)` runs on the slot's thread; `key(candidate)` is equal for candidates
    that mean the same, of which only the first is validated, and None for those that are not to be
    tried at all. Threads end when the plausible ones are `enough`, when tests were run for `limit`
    candidates, when `stop` is set, or when the queue is empty and `close` was called. Candidates
    that ran out of the little time that forked children get are tried once more.
    """

    def __init__(
        self,
        slots: Sequence[Slot],
        validate: Callable[[Candidate, Slot], Validation],
        key: Callable[[Candidate], object | None],
        *,
        enough: Callable[[Sequence[Found]], bool],
        limit: int,
        stop: CancelToken,
    ) -> None:
        self.counts: Counter[str] = Counter()
        self.plausible: list[Found] = []
        self._validate, self._key = validate, key
        self._enough, self._limit, self._stop = enough, limit, stop
        self._queue: list[_Waiting] = []
        self._newest: dict[tuple[Edit, ...], int] = {}
        self._ages = itertools.count()
        self._seen: set[object] = set()
        self._retried: set[Candidate] = set()
        self._changed = threading.Condition()
        self._closed = self._failed = False
        self._alone = 0
        self._pool = ThreadPoolExecutor(len(slots), thread_name_prefix="repairlsp-validate")
        self._threads: list[Future[None]] = [self._pool.submit(self._work, slot) for slot in slots]

    def is_set(self) -> bool:
        """Whether trying more candidates is pointless: the search is a cancel token of its own."""
        tried_enough = self.counts["validated"] - self.counts["by_coverage"] >= self._limit
        return tried_enough or self._failed or self._stop.is_set() or self._enough(self.plausible)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nothing else is begun meanwhile: the cores are for a candidate that is being proved."""
        with self._changed:
            self._alone += 1
        try:
            yield
        finally:
            with self._changed:
                self._alone -= 1
                self._changed.notify_all()

    def add(self, candidates: Iterable[Candidate]) -> None:
        """Queue candidates. One that waits already gets its new score. Whoever makes them is held
        here while a candidate is being proved."""
        with self._changed:
            while self._alone and not self.is_set():
                self._changed.wait(timeout=_POLL_SECONDS)
            for candidate in candidates:
                self._push(candidate)
            self._changed.notify_all()

    def add_stream(self, candidates: Iterator[Candidate]) -> None:
        """Queue candidates that are made when their turn comes. They must come best first."""
        with self._changed:
            self._push_next(candidates)
            self._changed.notify_all()

    def _push(self, candidate: Candidate, rest: Iterator[Candidate] | None = None) -> None:
        self.counts["generated"] += candidate.edits not in self._newest
        self._newest[candidate.edits] = age = next(self._ages)
        heapq.heappush(self._queue, _Waiting(-candidate.score, age, candidate, rest))

    def _push_next(self, stream: Iterator[Candidate]) -> None:
        if (candidate := next(stream, None)) is not None:
            self._push(candidate, stream)

    def close(self) -> None:
        """No more candidates will come: wait for the threads. Raises what one of them raised."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._pool.shutdown(wait=True)
        for thread in self._threads:
            thread.result()

    def _work(self, slot: Slot) -> None:
        try:
            while (candidate := self._next()) is not None:
                self._count(Found(candidate, self._validate(candidate, slot)))
        except BaseException:
            self._failed = True  # the other slots stop; `close` raises this
            raise

    def _count(self, found: Found) -> None:
        with self._changed:
            if found.candidate in self._retried:
                self.counts["retried"] += 1
            else:
                self.counts["validated"] += 1
                self.counts[f"by_{found.validation.checked_by}"] += 1
                self._may_retry(found)
            if found.validation.verdict == "plausible":
                self.plausible.append(found)
            self._changed.notify_all()

    def is_retry(self, candidate: Candidate) -> bool:
        """Whether the candidate gets its second chance."""
        return candidate in self._retried

    def _may_retry(self, found: Found) -> None:
        """Keep for later what was given little time: most of it never ends, some is only slow."""
        candidate, validation = found
        timed_out = validation.verdict == "timeout" and validation.checked_by != "process"
        if timed_out and len(self._retried) < _RETRIES:
            self._retried.add(candidate)
            cost = _LATER - candidate.score
            heapq.heappush(self._queue, _Waiting(cost, next(self._ages), candidate, is_retry=True))

    def _next(self) -> Candidate | None:
        """The best candidate that is worth a test run; None when the thread is to end.

        Candidates are screened here, not when they are queued: most never get to the front.
        """
        while not self.is_set():
            with self._changed:
                if self._alone or not self._queue:
                    if self._closed and not self._queue:
                        return None
                    self._changed.wait(timeout=_POLL_SECONDS)
                    continue
                waiting = heapq.heappop(self._queue)
                candidate = waiting.candidate
                if waiting.is_retry:
                    return candidate
                if waiting.rest is not None:
                    self._push_next(waiting.rest)
                if self._newest[candidate.edits] != waiting.age:
                    continue
            key = self._key(candidate)
            with self._changed:
                if key is None:
                    self.counts["rejected"] += 1
                elif key in self._seen:
                    self.counts["duplicate"] += 1
                else:
                    self._seen.add(key)
                    return candidate
        return None
