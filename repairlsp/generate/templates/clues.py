"""Static evidence for and against an edit: what a careful reader would notice without running it.

An unused parameter is used, a name that nobody binds disappears, a comparison of something with
itself comes apart: checks that linters make of the code before, made of the difference.
"""

from __future__ import annotations

import ast
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache

from repairlsp.generate.templates.families.wrong_variable import undefined
from repairlsp.generate.templates.names import bindings
from repairlsp.generate.templates.naturalness import naturalness_of, tokens_of
from repairlsp.generate.templates.target import Target
from repairlsp.types import Edit

FEATURES = (
    "old-usual",
    "old-oddest",
    "new-usual",
    "new-oddest",
    "old-length",
    "new-length",
    "inserted",
    "deleted",
    "uses-unused",
    "leaves-unused",
    "unbound",
    "new-to-function",
    "new-to-module",
    "gained-often",
    "lost-often",
    "gained-far",
    "was-twice",
    "is-twice",
    "line-known",
    "line-common",
    "doubled",
    "keyword-match",
    "twin-lost",
    "twin-made",
    "no-effect",
)
"""The clues' names, in the order of `Clues.of`, as in `priors.toml`."""


class Clues:
    """The clues that edits of one target give."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self._natural = naturalness_of(tuple(target.lines))
        self._module = _module_words(tuple(target.lines))
        self._module_lines = _module_lines(tuple(target.lines))
        self._places: dict[str, list[int]] = {}
        for number in range(*target.span):
            for word in _words(target.lines[number - 1]):
                self._places.setdefault(word, []).append(number)

    def of(self, edit: Edit) -> tuple[float, ...]:
        """One number per feature of `FEATURES`."""
        (start, end), lines = edit.span, self._target.lines
        change = self._natural.change(start, end, edit.lines)
        old, new = Counter(_names(change.old)), Counter(_names(change.new))
        gained, lost = new - old, old - new
        count = {word: len(self._places.get(word, ())) for word in (*gained, *lost)}
        variables = self._variables
        old_words = [word for line in lines[start - 1 : end - 1] for word in _words(line)]
        new_words = [word for line in edit.lines for word in _words(line)]
        return (
            change.old_usual,
            change.old_oddest,
            change.new_usual,
            change.new_oddest,
            math.log1p(len(change.old)),
            math.log1p(len(change.new)),
            float(not change.old),
            float(not change.new),
            float(any(count[word] == 1 for word in gained if word in variables)),
            float(any(count[word] - n == 1 for word, n in lost.items() if word in variables)),
            float(any(word in self._undefined for word in (*lost, *gained))),
            float(sum(not count[word] for word in gained)),
            float(sum(word not in self._module for word in gained)),
            _mean(math.log1p(count[word]) for word in gained),
            _mean(math.log(count[word] or 1) for word in lost),
            _mean(math.log1p(self._distance(word, start, end)) for word in gained),
            float(any(old_words.count(word) > 1 for word in lost)),
            float(any(new_words.count(word) > 1 for word in gained)),
            float(any(line.strip() in self._module_lines for line in edit.lines)),
            float(any(self._module_lines[line.strip()] > 1 for line in lines[start - 1 : end - 1])),
            float(not edit.lines and self._is_doubled(start, end)),
            float(any(_passed_by_name(word, line) for word in gained for line in edit.lines)),
            *self._twins(edit),
            float(any(line in self._idle for line in range(start, end))),
        )

    def is_mentioned(self, edit: Edit) -> bool:
        """Whether it takes away a name that the message complains of or puts in one it asks for."""
        message = self._target.message
        if not message.names and not message.wanted:
            return False
        old = Counter(_unquoted(self._target.lines[edit.span.start - 1 : edit.span.end - 1]))
        new = Counter(_unquoted(edit.lines))
        return not (message.names.isdisjoint(old - new) and message.wanted.isdisjoint(new - old))

    def _distance(self, word: str, start: int, end: int) -> int:
        """Lines to the nearest other place of the function that has the word; 60 without one."""
        found = (abs(line - start) for line in self._places.get(word, ()))
        return min(found, default=60)

    def _is_doubled(self, start: int, end: int) -> bool:
        """Whether the lines stand there twice in a row."""
        lines, size = self._target.lines, end - start
        own = lines[start - 1 : end - 1]
        return own in (lines[end - 1 : end - 1 + size], lines[max(0, start - 1 - size) : start - 1])

    def _twins(self, edit: Edit) -> tuple[float, float]:
        old = sum(
            _twins(line) for line in self._target.lines[edit.span.start - 1 : edit.span.end - 1]
        )
        new = sum(_twins(line) for line in edit.lines)
        return float(old > new), float(new > old)

    @cached_property
    def _variables(self) -> frozenset[str]:
        """Parameters and local names of the target's functions."""
        found = {name for function in self._target.functions for name in bindings(function)}
        return frozenset(found - {"self", "cls", "_"})

    @cached_property
    def _undefined(self) -> frozenset[str]:
        found: set[str] = set()
        for function in self._target.functions:
            found.update(undefined(self._target, function.body[0]))
        return frozenset(found)

    @cached_property
    def _idle(self) -> frozenset[int]:
        """Lines of statements that do nothing: a bare name, a comparison, an unused copy."""
        return frozenset(
            node.lineno
            for node in self._target.nodes
            if isinstance(node, ast.Expr) and _idle(node.value)
        )


def _idle(value: ast.expr) -> bool:
    match value:
        case ast.Name() | ast.Attribute() | ast.Compare() | ast.BinOp() | ast.Subscript():
            return True
        case ast.Call(func=ast.Name(id="sorted" | "reversed" | "len" | "str" | "int" | "list")):
            return True
        case _:
            return False


_NAME = re.compile(r"[^\W\d]\w*$")
_IN_F_STRING = re.compile(r"\{\s*([^\W\d]\w*)")


def _names(tokens: Sequence[str]) -> Iterator[str]:
    """The names among some tokens; attributes with their dot."""
    before = ""
    for token in tokens:
        if _NAME.match(token):
            yield f".{token}" if before == "." else token
        before = token


@lru_cache(maxsize=20_000)
def _words(line: str) -> tuple[str, ...]:
    """The names of a line, those in f-strings too."""
    return (*_names(tokens_of(line)), *_IN_F_STRING.findall(line))


@lru_cache(maxsize=4)
def _module_words(lines: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for line in lines for word in _words(line))


def _unquoted(lines: Iterable[str]) -> Iterator[str]:
    """The names of some lines without their dots, and the strings without their quotes."""
    for line in lines:
        yield from (word.lstrip(".") for word in _words(line))
        yield from (token[1:-1] for token in tokens_of(line) if token[0] in "'\"")


_TWINS = re.compile(
    r"(?<![\w.])([\w.]+)\s*(?:[=!<>]=|[<>%/,=-]|//|\b(?:in|is|and|or)\b)\s*\1(?![\w.(\[])"
)


@lru_cache(maxsize=20_000)
def _twins(line: str) -> int:
    """How often something meets itself: `x == x`, `x = x`, `f(x, x)`."""
    return len(_TWINS.findall(line))


@lru_cache(maxsize=4)
def _module_lines(lines: tuple[str, ...]) -> Counter[str]:
    """How often each line is in the module; short ones say nothing."""
    return Counter(text for line in lines if len(text := line.strip()) > 8)


def _passed_by_name(word: str, line: str) -> bool:
    """Whether something called so is passed, or kept, under the same name: `x=x`, `self.x = x`."""
    name = word.lstrip(".")
    return bool(re.search(rf"\b_?{name}\s*=\s*(?:self\._?)?{name}\b", line))


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return sum(found) / len(found) if found else 0.0
