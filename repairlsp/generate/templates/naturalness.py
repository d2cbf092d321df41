"""How usual a piece of code is in its module: an n-gram model of the module's own tokens.

Code is repetitive, and locally more so (Hindle et al., "On the Naturalness of Software", ICSE 2012;
Tu et al., "On the Localness of Software", FSE 2014); buggy lines are less so, and become more so
when they are fixed (Ray et al., ICSE 2016). A trigram model with linear interpolation (Witten and
Bell 1991) of one module costs 20 ms per 1,000 lines to make and 10 microseconds to ask.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(
    r"""[rbfuRBFU]{0,2}(?:'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")|[^\W\d]\w*|\d[\w.]*"""
    r"""|\*\*=|//=|<<=|>>=|==|!=|<=|>=|->|[-+*/%&|^:]=|\*\*|//|<<|>>|\#.*|[^\s\w]"""
)
_LONG_STRING = 22
_ORDER = 3
_MIXED_IN = 4.0
"""Weight of the shorter context's estimate, in occurrences of the longer one."""
_VOCABULARY = 20_000


@lru_cache(maxsize=20_000)
def tokens_of(line: str) -> tuple[str, ...]:
    """A line's tokens, the first a line break; comments have none. Long strings are one word."""
    found = ["\n"]
    for token in _TOKEN.findall(line):
        if token[0] == "#":
            break
        if token[-1] in "'\"" and len(token) > 1:
            found.append(f"'{token[1:-1]}'" if len(token) <= _LONG_STRING else "'...'")
        else:
            found.append(token)
    return tuple(found) if len(found) > 1 else ()


class Change(NamedTuple):
    """What an edit takes away and puts in, in tokens, and how usual both are there.

    `old_usual` and `new_usual` are mean natural log-probabilities per token, of those that differ
    and of the two that follow; `old_oddest` and `new_oddest` the least of them.
    """

    old: tuple[str, ...]
    new: tuple[str, ...]
    old_usual: float
    old_oddest: float
    new_usual: float
    new_oddest: float


class Naturalness:
    """The n-gram model of one module's lines."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = [tokens_of(line) for line in lines]
        flat = [token for line in self._lines for token in line]
        self._counts: Counter[tuple[str, ...]] = Counter()
        for order in range(1, _ORDER + 1):
            self._counts.update(zip(*(flat[at:] for at in range(order)), strict=False))
        self._contexts: Counter[tuple[str, ...]] = Counter({(): len(flat)})
        for gram, count in self._counts.items():
            if len(gram) < _ORDER:
                self._contexts[gram] = count
        self._known: dict[tuple[tuple[str, ...], int], float] = {}

    def change(self, start: int, end: int, lines: Sequence[str]) -> Change:
        """What replacing the module's lines [start, end), from 1, by `lines` changes."""
        before = self._near(range(start - 1, 0, -1))[::-1]
        after = self._near(range(end, len(self._lines) + 1), forward=True)
        old = [token for line in self._lines[start - 1 : end - 1] for token in line]
        new = [token for line in lines for token in tokens_of(line)]
        same = _same(old, new)
        left = min(len(old), len(new)) - same
        tail = min(_same(old[::-1], new[::-1]), left)
        return Change(
            tuple(old[same : len(old) - tail]),
            tuple(new[same : len(new) - tail]),
            *self._usual([*before, *old, *after], len(before) + same, len(old) - same - tail, 1),
            *self._usual([*before, *new, *after], len(before) + same, len(new) - same - tail, 0),
        )

    def _near(self, numbers: range, *, forward: bool = False) -> list[str]:
        """The two tokens before (backwards) or behind a place."""
        found: list[str] = []
        for number in numbers:
            line = self._lines[number - 1]
            found.extend(line if forward else reversed(line))
            if len(found) >= _ORDER - 1:
                break
        return found[: _ORDER - 1]

    def _usual(
        self, tokens: Sequence[str], start: int, count: int, itself: int
    ) -> tuple[float, float]:
        end = min(start + count + _ORDER - 1, len(tokens))
        found = [
            self._log_probability(tuple(tokens[max(0, at - _ORDER + 1) : at + 1]), itself)
            for at in range(start, end)
        ]
        return (sum(found) / len(found), min(found)) if found else (0.0, 0.0)

    def _log_probability(self, gram: tuple[str, ...], itself: int) -> float:
        """Of the last token after the others; `itself` of the occurrences do not count."""
        key = gram, itself
        if key not in self._known:
            probability = 1 / _VOCABULARY
            for order in range(1, len(gram) + 1):
                part = gram[-order:]
                seen = self._contexts.get(part[:-1], 0) - itself
                if seen <= 0:
                    break
                count = max(0, self._counts.get(part, 0) - itself)
                probability = (count + _MIXED_IN * probability) / (seen + _MIXED_IN)
            self._known[key] = math.log(probability)
        return self._known[key]


@lru_cache(maxsize=4)
def naturalness_of(lines: tuple[str, ...]) -> Naturalness:
    """The model of a module, kept for its next function."""
    return Naturalness(lines)


def _same(one: Sequence[str], other: Sequence[str]) -> int:
    """How many tokens two sequences have in common from the start."""
    for at, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return at
    return min(len(one), len(other))
