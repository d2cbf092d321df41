"""Remembers the answers of slow lookups: names in a directory, prices at a supplier."""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any


@dataclass
class Statistics:
    hits: int = 0
    misses: int = 0

    @property
    def rate(self) -> float:
        """The share of questions that did not need a lookup, 0 where nothing has been asked."""
        asked = self.hits + self.misses
        return self.hits / asked if asked else 0.0


class Memo:
    """The answers of one lookup function, at most `size` of them; the one that has not been asked
    for the longest goes first.

    Any answer is remembered, also None, by which lookups say that there is nothing: most of what
    is asked in vain is asked again soon. An error is no answer.
    """

    def __init__(self, lookup: Callable[[Hashable], Any], size: int = 1000) -> None:
        self._lookup = lookup
        self._size = size
        self._answers: dict[Hashable, Any] = {}
        self.statistics = Statistics()

    def __len__(self) -> int:
        return len(self._answers)

    def ask(self, key: Hashable) -> Any:
        answer = self._answers.pop(key, None)
        fresh = False
        if answer is None:
            answer = self._lookup(key)
            fresh = True
        self._answers[key] = answer
        if fresh:
            self.statistics.misses += 1
            if len(self._answers) > self._size:
                self.forget(next(iter(self._answers)))
        else:
            self.statistics.hits += 1
        return answer

    def forget(self, key: Hashable) -> None:
        """Ask anew next time. A key that is not remembered is forgotten already."""
        self._answers.pop(key, None)


def remembered(size: int = 1000) -> Callable[[Callable], Callable]:
    """Decorator for lookup functions of one argument; `memo` on the function is its memo."""

    def decorate(function: Callable) -> Callable:
        memo = Memo(function, size)

        @functools.wraps(function)
        def asked(key: Hashable) -> Any:
            return memo.ask(key)

        asked.memo = memo
        return asked

    return decorate
