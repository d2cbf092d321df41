"""Small first, large only where the small one had nothing that the visible tests verified."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import replace
from typing import TypeVar

from repair_eval.sources.base import Answers, Problem, Source
from repairlsp.types import CancelToken

Number = TypeVar("Number", int, float)


class HybridSource:
    """Two sources; the second is opened when it is first needed, and then stays."""

    def __init__(self, first: Source, open_then: Callable[[], Source]) -> None:
        self._first = first
        self._open_then = open_then
        self._then: Source | None = None

    def answer(self, problem: Problem, cancel: CancelToken) -> Answers:
        """The first's answers where one is verified; else the second's, and then the first's."""
        begun = time.monotonic()
        small = self._first.answer(problem, cancel)
        if small.first_verified_seconds is not None:
            return small
        before = time.monotonic() - begun - small.loading_seconds
        opening = time.monotonic()
        if self._then is None:
            self._then = self._open_then()
        loading = time.monotonic() - opening
        large = self._then.answer(problem, cancel)
        return replace(
            _joined(small, large, before),
            loading_seconds=small.loading_seconds + loading + large.loading_seconds,
        )

    def processes(self) -> Collection[int] | None:
        """Those of both; None where one runs somewhere else."""
        both = [source.processes() for source in (self._first, self._then) if source]
        known = [processes for processes in both if processes is not None]
        return [pid for pids in known for pid in pids] if len(known) == len(both) else None

    def close(self) -> None:
        """End both."""
        self._first.close()
        if self._then:
            self._then.close()


def _joined(small: Answers, large: Answers, before: float) -> Answers:
    """Both, as one; `before` is how long the small one took."""
    later = tuple(replace(answer, seconds=answer.seconds + before) for answer in large.answers)
    verified = large.first_verified_seconds
    return Answers(
        answers=(*later, *small.answers),
        note="; ".join(note for note in (small.note, large.note) if note),
        first_verified_seconds=None if verified is None else verified + before,
        prompt_tokens=_sum(small.prompt_tokens, large.prompt_tokens),
        output_tokens=_sum(small.output_tokens, large.output_tokens),
        prefill_seconds=_sum(small.prefill_seconds, large.prefill_seconds),
        decode_seconds=_sum(small.decode_seconds, large.decode_seconds),
        suspicious=small.suspicious or large.suspicious,
        counts=Counter(small.counts) + Counter(large.counts),
    )


def _sum(one: Number | None, other: Number | None) -> Number | None:
    return None if one is None or other is None else one + other
