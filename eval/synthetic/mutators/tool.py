"""Bugs by a mutation tester's own operators, which run in an environment of its own."""

from __future__ import annotations

import json
import subprocess
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from random import Random
from types import TracebackType
from typing import Self

from synthetic.environment import environment, python
from synthetic.mutators.mutant import Mutant, differs

HERE = Path(__file__).resolve().parent


class MutationTool:
    """`mutmut` or `cosmic-ray`. Use as a context manager: it holds the tool's process.

    A mutation is drawn as the operator first, all that apply alike, then one of its mutants: else
    most of mutmut's would be strings, and most of cosmic-ray's arithmetic operators.
    """

    def __init__(self, name: str, cache: Path) -> None:
        self._name, self._cache = name, cache
        self._families: dict[str, str] = tomllib.loads((HERE / "families.toml").read_text("utf-8"))[
            name
        ]

    def __enter__(self) -> Self:
        folder = environment(HERE / f"{self._name}.txt", self._cache)
        script = HERE / f"serve_{self._name.replace('-', '_')}.py"
        self._process = subprocess.Popen(
            [str(python(folder)), str(script)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._process.communicate()

    def mutants(self, lines: tuple[str, ...], rng: Random) -> Iterator[Mutant]:
        """See `Mutator`. Families are ours, by `families.toml`."""
        by_operator: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for operator, text in self._ask("\n".join(lines)):
            by_operator[operator].append(tuple(text.split("\n")))
        while by_operator:
            operator = rng.choice(sorted(by_operator))
            texts = by_operator.pop(operator)
            rng.shuffle(texts)
            for mutated in texts:
                if differs(lines, mutated):
                    yield Mutant(operator, self._families[operator], mutated)
                    break

    def _ask(self, source: str) -> list[tuple[str, str]]:
        """The tool's mutants of a function's source: its operator's name and the whole text."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps(source) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError(f"{self._name} ended with {self._process.wait()}")
        return [(operator, text) for operator, text in json.loads(answer)]
