"""The search: candidates wait in one queue, best first, while every slot validates one of them."""

from __future__ import annotations

import heapq
import itertools
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, NamedTuple, TypeVar

from repairlsp.types import CancelToken, Candidate, Validation

_RETRIES = 10
"""Second chances in one search: an endless loop takes seconds of each."""
Slot = TypeVar("Slot")
"""What one validation needs for itself: a working copy of the project."""


class Found(NamedTuple):
    """A validated candidate that passed, or nearly."""

    candidate: Candidate
    validation: Validation


class Search(Generic[Slot]):
    """Validates candidates as they come, on one thread per slot, until it has found `enough`.

    `validate(candidate, slot)` runs on the slot's thread; `key(candidate)` is equal for candidates
    that mean the same, of which only the first is validated, and None for those that are not to be
    tried at all. Threads end when the plausible ones are `enough`, when tests were run for `limit`
    candidates, when `stop` is set, or when the queue is empty and `close` was called. Before that,
    candidates that ran out of the little time that forked children get are tried once more.
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
        self.failing: list[Found] = []
        self._validate, self._key = validate, key
        self._enough, self._limit, self._stop = enough, limit, stop
        self._queue: list[tuple[float, int, Candidate]] = []
        self._ages = itertools.count()
        self._seen: set[object] = set()
        self._late: list[Candidate] = []
        self._retried: set[Candidate] = set()
        self._changed = threading.Condition()
        self._closed = self._failed = False
        self._pool = ThreadPoolExecutor(len(slots), thread_name_prefix="repairlsp-validate")
        self._threads: list[Future[None]] = [self._pool.submit(self._work, slot) for slot in slots]

    def is_set(self) -> bool:
        """Whether trying more candidates is pointless: the search is a cancel token of its own."""
        tried_enough = self.counts["validated"] - self.counts["by_coverage"] >= self._limit
        return tried_enough or self._failed or self._stop.is_set() or self._enough(self.plausible)

    def add(self, candidates: Iterable[Candidate]) -> None:
        """Queue candidates."""
        with self._changed:
            for candidate in candidates:
                self.counts["generated"] += 1
                heapq.heappush(self._queue, (-candidate.score, next(self._ages), candidate))
            self._changed.notify_all()

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
            elif found.validation.verdict == "failing":
                self.failing.append(found)
            self._changed.notify_all()

    def is_retry(self, candidate: Candidate) -> bool:
        """Whether the candidate gets its second chance."""
        return candidate in self._retried

    def _may_retry(self, found: Found) -> None:
        """Keep for later what was given little time: most of it never ends, some is only slow."""
        timed_out = found.validation.verdict == "timeout"
        if timed_out and found.validation.checked_by != "process" and len(self._late) < _RETRIES:
            self._late.append(found.candidate)

    def _next(self) -> Candidate | None:
        """The best candidate that is worth a test run; None when the thread is to end.

        Candidates are screened here, not when they are queued: most never get to the front.
        """
        while not self.is_set():
            with self._changed:
                if not self._queue:
                    if self._closed:
                        return self._second_chance()
                    self._changed.wait(timeout=0.1)  # `stop` is set without a notice
                    continue
                candidate = heapq.heappop(self._queue)[2]
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

    def _second_chance(self) -> Candidate | None:
        if not self._late:
            return None
        candidate = self._late.pop(0)
        self._retried.add(candidate)
        return candidate
