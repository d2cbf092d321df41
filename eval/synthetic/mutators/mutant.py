"""What a source of bugs is: it turns a function's lines into mutants, one small change each."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator
from random import Random
from typing import NamedTuple, Protocol


class Mutant(NamedTuple):
    """The function's lines, dedented, with one bug. `operator` is the source's own name for it."""

    operator: str
    family: str
    lines: tuple[str, ...]


class Mutator(Protocol):
    """A source of bugs."""

    def mutants(self, lines: tuple[str, ...], rng: Random) -> Iterator[Mutant]:
        """Mutants of one function in a random order; only such as compile and mean another tree.

        The first is one draw from the source's distribution of bugs.
        """


def differs(lines: tuple[str, ...], mutated: tuple[str, ...]) -> bool:
    """Whether the mutated function compiles, and to another syntax tree."""
    before, after = "\n".join(lines), "\n".join(mutated)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(after, "<function>", "exec", dont_inherit=True)
            return ast.dump(ast.parse(before)) != ast.dump(ast.parse(after))
    except (SyntaxError, ValueError, RecursionError):
        return False
