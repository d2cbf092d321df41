"""Static evidence for and against an edit: what a careful reader would notice without running it.

An unused parameter is used, a name that nobody binds disappears, a comparison of something with
itself comes apart: checks that linters make of the code before, made of the difference.
"""

from __future__ import annotations

import ast
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache

from repairlsp.generate.templates.families.wrong_variable import undefined
from repairlsp.generate.templates.names import bindings
from repairlsp.generate.templates.naturalness import naturalness_of, tokens_of
from repairlsp.generate.templates.target import Target
from repairlsp.types import Edit

FEATURES = (
    "old-usual",
    "new-usual",
    "old-length",
    "new-length",
    "uses-unused",
    "leaves-unused",
    "loses-unbound",
    "gains-unbound",
    "new-to-function",
    "new-to-module",
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
        start, end = target.span
        own = [word for line in target.lines[start - 1 : end - 1] for word in _words(line)]
        self._function = Counter(own)
        self._module = _module_words(tuple(target.lines))

    def of(self, edit: Edit) -> tuple[float, ...]:
        """One number per feature of `FEATURES`."""
        change = self._natural.change(edit.span.start, edit.span.end, edit.lines)
        old, new = Counter(_names(change.old)), Counter(_names(change.new))
        gained, lost = new - old, old - new
        function, variables = self._function, self._variables
        return (
            change.old_usual,
            change.new_usual,
            math.log1p(len(change.old)),
            math.log1p(len(change.new)),
            float(any(function[word] == 1 for word in gained if word in variables)),
            float(any(function[word] - n == 1 for word, n in lost.items() if word in variables)),
            float(any(word in self._undefined for word in lost)),
            float(any(word in self._undefined for word in gained)),
            float(sum(word not in function for word in gained)),
            float(sum(word not in self._module for word in gained)),
            *self._twins(edit),
            float(any(line in self._idle for line in range(edit.span.start, edit.span.end))),
        )

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


_TWINS = re.compile(
    r"(?<![\w.])([\w.]+)\s*(?:[=!<>]=|[<>%/,=-]|//|\b(?:in|is|and|or)\b)\s*\1(?![\w.(\[])"
)


@lru_cache(maxsize=20_000)
def _twins(line: str) -> int:
    """How often something meets itself: `x == x`, `x = x`, `f(x, x)`."""
    return len(_TWINS.findall(line))
