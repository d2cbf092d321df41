"""Bugs by the operators that also made the model's training samples, with their weights there."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from repairlsp.training.operators import OPERATORS, Function
from repairlsp.training.settings import load
from synthetic.mutators.mutant import Mutant, differs

_LEFT_OUT = frozenset({"syntax"})
"""No test fails where nothing can be imported: the whole file does."""


class TrainingOperators:
    """Draws an operator by its weight in `embedded.toml`, then one of its mutations."""

    def __init__(self) -> None:
        weights = load().samples.operators
        self._weights = {name: weights[name] for name in weights if name not in _LEFT_OUT}

    def mutants(self, lines: tuple[str, ...], rng: Random) -> Iterator[Mutant]:
        """See `Mutator`. The family is the operators' module: names, conditions, constants..."""
        function = Function.parse(lines)
        if function is None:
            return
        left = dict(self._weights)
        while left:
            name = rng.choices([*left], [*left.values()])[0]
            del left[name]
            mutations = list(OPERATORS[name].mutate(function, rng))
            rng.shuffle(mutations)
            family = OPERATORS[name].mutate.__module__.rpartition(".")[2]
            for mutation in mutations:
                if differs(lines, mutation.lines):
                    yield Mutant(name, family, mutation.lines)
                    break
